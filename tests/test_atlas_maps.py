"""Maps of a table: every cell says what is in it, an empty one that it is empty."""

import numpy as np
import pytest
from matplotlib import colormaps
from matplotlib.colors import to_rgb

import atlases
from specml.atlas import maps, word_maps, words
from specml.atlas import table as tables
from specml.atlas.words import Word


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


def test_a_map_of_what_no_row_has_is_hatched_all_over(tmp_path):
    given = atlases.columns(100)
    given["level"][given["base"] == "wind"] = -np.inf  # as of silence
    table = tables.read(atlases.write(tmp_path / "a.parquet", given))
    figure = maps.draw(table, panels(table)[:1], table.column("level"), "mean")
    assert np.ma.getmaskarray(figure.axes[0].collections[0].get_array()).all()
    given["mu_factor"][given["base"] == "wind"] = np.nan  # as a control that moves over time
    table = tables.read(atlases.write(tmp_path / "a.parquet", given))
    figure = maps.draw(table, panels(table)[:1], table.column("level"), "mean")
    assert np.ma.getmaskarray(figure.axes[0].collections[0].get_array()).all()


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


WORDS = [
    Word("loud", "", {"level": (-27.0, np.inf)}),
    Word("soft", "", {"level": (-np.inf, -33.0)}),
]


def test_a_cell_has_the_word_of_most_of_its_rows_the_paler_the_fewer(table):
    panel, codes = panels(table)[0], np.minimum(words.codes(WORDS, table), 2)
    across, upwards, found, share = word_maps.most_frequent(table, panel, codes, 3)
    i, j = found.shape[0] - 2, 1
    inside = panel.rows & (table["mu_factor"] >= across[j]) & (table["mu_factor"] < across[j + 1])
    inside &= (table["friction"] >= upwards[i]) & (table["friction"] < upwards[i + 1])
    counts = np.bincount(codes[inside], minlength=3)
    assert (found[i, j], share[i, j]) == (counts.argmax(), counts.max() / counts.sum())
    figure = word_maps.draw(table, [panel], WORDS)
    assert [text.get_text() for text in figure.legends[0].texts] == ["loud", "soft", "no word"]
    drawn, known = figure.axes[0].collections[0].get_array(), share > 0
    paint = np.array([to_rgb(c) for c in (*word_maps.COLOURS[:2], word_maps.NO_WORD)])[found]
    pale = 1 - (0.25 + 0.75 * share)[..., None] * (1 - paint)
    np.testing.assert_allclose(drawn[known][:, :3], pale[known])
    np.testing.assert_array_equal(drawn[..., 3], known)  # through the others hatching is seen
    assert len(set(found[known])) > 1
