"""Maps of a table: every cell says what is in it, an empty one that it is empty."""

import numpy as np
import pytest
from matplotlib import colormaps

import atlases
from specml.atlas import maps
from specml.atlas import table as tables


@pytest.fixture(scope="module")
def table(tmp_path_factory):
    folder = tmp_path_factory.mktemp("maps")
    return tables.read(atlases.write(folder / "a.parquet", atlases.columns(3000)))


def panels(table):
    x, y = table.column("mu_factor"), table.column("friction")
    return maps.panels_of_bases(table, x, y, table.bases)


@pytest.mark.parametrize("statistic", ["mean", "median", "max", "count"])
def test_a_cell_says_what_its_rows_do(table, statistic):
    panel = panels(table)[1]
    across, upwards, found = maps.cells(table, panel, table.column("level"), statistic)
    assert found.shape == (len(upwards) - 1, len(across) - 1)
    i, j = found.shape[0] // 2, found.shape[1] // 3
    inside = panel.rows & (table["mu_factor"] >= across[j]) & (table["mu_factor"] < across[j + 1])
    inside &= (table["friction"] >= upwards[i]) & (table["friction"] < upwards[i + 1])
    assert inside.sum() > 0
    of = len if statistic == "count" else getattr(np, statistic)
    assert found[i, j] == pytest.approx(of(table["level"][inside]))


def test_no_row_is_lost_and_what_has_no_value_is_no_row(tmp_path):
    given = atlases.columns(500)
    given["level"][::7] = np.nan
    table = tables.read(atlases.write(tmp_path / "a.parquet", given))
    for panel in panels(table):
        counts = maps.cells(table, panel, table.column("level"), "count")[2]
        assert np.nansum(counts) == np.isfinite(table["level"][panel.rows]).sum()


def test_an_empty_cell_is_nan_and_is_hatched(tmp_path):
    given = atlases.columns(3000)
    hole = (given["mu_factor"] > 1) & (given["friction"] > 4)
    kept = {name: values[~hole] for name, values in given.items()}
    table = tables.read(atlases.write(tmp_path / "a.parquet", kept))
    across, upwards, found = maps.cells(table, panels(table)[0], table.column("level"), "mean")
    assert np.isnan(found[np.ix_(upwards[:-1] > 4.1, across[:-1] > 1.05)]).all()
    assert np.isfinite(found).any()
    figure = maps.draw(table, panels(table), table.column("level"), "mean")
    mesh = figure.axes[0].collections[0].get_array()
    assert np.ma.getmaskarray(mesh).sum() == np.isnan(found).sum()
    assert figure.axes[0].patch.get_hatch()


def test_a_grid_has_a_cell_for_each_of_its_values():
    bounds = maps.edges(np.repeat([1.0, 2.0, 4.0, 8.0], 5), True, 50)
    assert bounds == pytest.approx(2.0 ** np.array([-0.5, 0.5, 1.5, 2.5, 3.5]))
    assert maps.edges(np.array([3.0]), False, 50).tolist() == [2.5, 3.5]


def test_axes_are_logarithmic_as_the_design_and_say_their_unit(table):
    x, y = table.column("lambda"), table.column("friction")
    figure = maps.draw(
        table, maps.panels_of_bases(table, x, y, table.bases), table.column("level"), "mean"
    )
    first, second, *_ = figure.axes
    assert [axis.get_title() for axis in (first, second)] == ["wind", "clicks"]
    assert (first.get_xscale(), first.get_yscale()) == ("log", "linear")
    assert (first.get_xlabel(), first.get_ylabel()) == ("lambda [1/s]", "friction [1/s]")


def test_maps_of_one_picture_share_a_scale_that_grey_keeps(table):
    figure = maps.draw(table, panels(table), table.column("centroid"), "mean")
    one, other = (axis.collections[0] for axis in figure.axes[:2])
    assert one.norm is other.norm
    rgb = colormaps[one.get_cmap().name](np.linspace(0, 1, 256))[:, :3]
    assert (np.diff(rgb @ [0.2126, 0.7152, 0.0722]) > 0).all()


def test_each_pair_of_what_was_gone_over_is_a_map(table):
    found = [(panel.x.name, panel.y.name) for panel in maps.panels_of_pairs(table, "wind")]
    assert found == [("mu_factor", "lambda"), ("mu_factor", "friction"), ("lambda", "friction")]
