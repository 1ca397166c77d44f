"""``./run install-pd`` where people have Pd: in PATH, among a Mac's applications, in Program Files.

Each test is a machine of its own: a folder with the few programs that ``run`` needs, a ``uname``
that names the system, a home, and what Pd leaves behind where it is installed. Meson and ninja are
stood in for, the compiler is real.
"""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import builds
from standins import program

ROOT = builds.HERE.parent
OBJECTS = {"autoregnn~.l_amd64", "autoregnn~.linux-amd64-64.so", "unlearn~.m_amd64"}
SYSTEMS = {"macos": "Darwin", "windows": "MINGW64_NT-10.0-19045", "linux": "Linux"}
NEEDED = (
    "bash",
    "cat",
    "cp",
    "dirname",
    "env",
    "grep",
    "mkdir",
    "mv",
    "readlink",
    "rm",
    "sed",
    "touch",
)

# what the compiler sees of m_pd.h says which one it was
MESON = """
[ "$1" = setup ] || exit 0
printf '#include <m_pd.h>\\nWHOSE\\n' | cc -E -P - >"$LOG.header" || exit 1
mkdir -p "$2"
touch "$2/build.ninja"
"""
NINJA = f"""
printf '%s' "${{LIBRARY_PATH:-}}" >"$LOG.library"
mkdir -p "$2/externals/pd/autoregnn~.l_amd64.p"
cd "$2/externals/pd"
touch "autoregnn~.so.a" libpd-core.a
for object in {" ".join(OBJECTS)}; do echo made >"$object"; done
"""

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="the machines are folders of a Unix"),
    pytest.mark.skipif(not shutil.which("cc"), reason="there is no cc"),
]


def header(folder: Path, minor: int) -> None:
    """An m_pd.h that says whose it is."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "m_pd.h").write_text(
        f'#define PD_MAJOR_VERSION 0\n#define PD_MINOR_VERSION {minor}\n#define WHOSE "{folder}"\n'
    )


class Machine:
    def __init__(self, folder: Path, system: str) -> None:
        self.folder, self.tree = folder, folder / "specml"
        self.home = folder / "Volumes" / "a user's"
        self.tools, self.log = folder / "tools", folder / "log"
        self.home.mkdir(parents=True)
        self.tools.mkdir()
        for name in NEEDED:
            (self.tools / name).symlink_to(shutil.which(name))
        program(self.tools / "uname", f"echo {SYSTEMS[system]}")
        program(self.tools / "python3")
        # only the m_pd.h that it is told of, not the one of the machine that tests
        program(self.tools / "cc", f'exec {shutil.which("cc")} -nostdinc "$@"')
        self.environment = {
            "PATH": str(self.tools),
            "HOME": str(self.home),
            "LOG": str(self.log),
            "APPLICATIONS": str(folder / "Applications"),
        }
        if system == "windows":
            self._windows()
        self._tree()

    def _windows(self) -> None:
        """Drive C is a folder, and Windows writes its paths in its own way."""
        program(
            self.tools / "cygpath",
            f"printf '%s\\n' \"$2\" | sed 's|^C:|{self.folder}/c|; s|\\\\|/|g'",
        )
        self.user = self.folder / "c" / "Users" / "a user"
        self.roaming = self.folder / "c" / "profiles" / "a user"
        self.user.mkdir(parents=True)
        self.roaming.mkdir(parents=True)
        self.environment |= {
            "PROGRAMFILES": r"C:\Program Files",
            "USERPROFILE": r"C:\Users\a user",
            "APPDATA": r"C:\profiles\a user",
            "LOCALAPPDATA": r"C:\Users\a user\AppData\Local",
        }

    def _tree(self) -> None:
        """What install-pd needs of the project, with a .venv that is set up."""
        self.tree.mkdir()
        shutil.copy(ROOT / "run", self.tree)
        shutil.copy(ROOT / "LICENSE", self.tree)
        shutil.copytree(ROOT / "help-patches" / "pd", self.tree / "help-patches" / "pd")
        program(self.tree / ".venv" / "bin" / "meson", MESON)
        program(self.tree / ".venv" / "bin" / "ninja", NINJA)

    def pd(self, path: str, headers: str | None, minor: int = 56) -> Path:
        """Install a Pd: its program, and where its m_pd.h is, seen from there."""
        made = program(self.folder / path, 'printf "%s\\n" "$0" "$@" >"$LOG.pd"')
        if headers is not None:
            header((made.parent / headers).resolve(), minor)
        return made

    def application(self, name: str, minor: int = 56) -> Path:
        return self.pd(f"{name}/Contents/Resources/bin/pd", "../src", minor)

    def in_path(self, made: Path) -> None:
        self.environment["PATH"] += f":{made.parent}"

    def run(self, *words: str, status: int = 0, **environment: str) -> str:
        """What ./run says, on either stream."""
        ran = subprocess.run(
            [shutil.which("bash"), str(self.tree / "run"), *words],
            env=self.environment | environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            text=True, check=False,
        )  # fmt: skip
        assert ran.returncode == status, ran.stdout
        return ran.stdout

    def said_of(self, name: str) -> str:
        """What a program that was stood in for has noted."""
        return Path(f"{self.log}.{name}").read_text().strip()

    def found(self, said: str) -> str:
        """The program that was found, which the compiler got the header of."""
        (version, found) = re.search(r"Pure Data 0\.(\d+) is (.*?)\x1b", said).groups()
        whose = Path(self.said_of("header").strip('"'))
        assert f"PD_MINOR_VERSION {version}\n" in (whose / "m_pd.h").read_text()
        return found

    def everything(self) -> set[Path]:
        return set(self.folder.rglob("*"))


@pytest.fixture
def machine(tmp_path):
    return lambda system: Machine(tmp_path, system)


def check_installed(said: str, folder: Path) -> None:
    """All of it is there, and what is said of it is true."""
    assert f"installed into {folder}" in said
    there = {path.name for path in folder.iterdir()}
    patches = {path.name for path in (ROOT / "help-patches" / "pd").glob("*.pd")}
    assert there == OBJECTS | patches | {"LICENSE"}
    assert (folder / "autoregnn~.l_amd64").read_text() == "made\n"
    undo = re.search(r"To undo: (.*)", said)[1]
    subprocess.run([shutil.which("bash"), "-c", undo], check=True)
    assert not folder.exists() and folder.parent.exists()


@pytest.mark.parametrize("root", ["Applications", "Volumes/a user's/Applications"])
@pytest.mark.parametrize("name", ["Pd-0.56-2.app", "Pd.app", "Pd64-0.56-2.app", "Pd of mine.app"])
def test_an_application_of_a_mac(machine, root, name):
    mac = machine("macos")
    pd = mac.application(f"{root}/{name}")
    said = mac.run("install-pd")
    assert mac.found(said) == str(pd)
    check_installed(said, mac.home / "Library" / "Pd" / "specml")


def test_the_newest_application(machine):
    mac = machine("macos")
    for name, minor in (("Pd-0.54-1", 54), ("Pd-0.56-2", 56), ("Pd-0.55-0", 55), ("Pd64", 56)):
        mac.application(f"Applications/{name}.app", minor)
    mac.application("Applications/Pd-extended.app", 43)
    assert "Pd-0.56-2.app" in mac.found(mac.run("install-pd"))


@pytest.mark.parametrize(
    "root", ["c/Program Files", "c/Program Files (x86)", "c/Users/a user/AppData/Local"]
)
@pytest.mark.parametrize("name", ["Pd/bin/pd.exe", "Pd64/bin/pd64.exe", "Pd-0.56-2/bin/pd.exe"])
def test_a_program_of_windows(machine, root, name):
    windows = machine("windows")
    pd = windows.pd(f"{root}/{name}", "../src")
    said = windows.run("install-pd")
    assert windows.found(said) == str(pd)
    assert windows.said_of("library") == str(pd.parent), "there is pd.dll"
    check_installed(said, windows.roaming / "Pd" / "specml")


def test_a_shell_of_32_bits_on_windows(machine):
    windows = machine("windows")
    windows.environment["PROGRAMFILES"] += " (x86)"
    pd = windows.pd("c/Program Files/Pd/bin/pd.exe", "../src")
    assert windows.found(windows.run("install-pd")) == str(pd)


@pytest.mark.parametrize("headers", ["../include/pd", "../include", "../src", "."])
@pytest.mark.parametrize("name", ["pd", "pd64"])
@pytest.mark.parametrize("system", SYSTEMS)
def test_in_path(machine, system, name, headers):
    """Before every application, and with its own header."""
    here = machine(system)
    for place in ("Applications/Pd.app/Contents/Resources/bin/pd", "c/Program Files/Pd/bin/pd.exe"):
        here.pd(place, "../src", 57)
    pd = here.pd(f"opt/pure data/bin/{name}", headers, 53)
    here.in_path(pd)
    assert here.found(here.run("install-pd")) == str(pd)


@pytest.mark.parametrize("headers", ["../src", "."])
def test_a_link_in_path(machine, headers):
    mac = machine("macos")
    pd = mac.pd("elsewhere/Pd.app/Contents/Resources/bin/pd", headers)
    (mac.tools / "pd").symlink_to(pd)
    assert mac.found(mac.run("install-pd")) == str(mac.tools / "pd")


def test_the_one_that_is_named(machine):
    linux = machine("linux")
    linux.in_path(linux.pd("usr/bin/pd", "../include", 57))
    pd = linux.pd("some where/src/pd", ".", 54)
    assert linux.found(linux.run("install-pd", PD=str(pd))) == str(pd)


def test_its_header_comes_before_one_that_pkg_config_knows(machine):
    linux = machine("linux")
    pd = linux.pd("some where/src/pd", ".", 54)
    header(linux.folder / "debian", 53)
    known = MESON.replace("cc -E", f"cc -isystem{linux.folder / 'debian'} -E")
    program(linux.tree / ".venv" / "bin" / "meson", known)
    assert linux.found(linux.run("install-pd", PD=str(pd))) == str(pd)


def test_a_header_that_the_compiler_knows(machine):
    """As externals/pd/meson.build says."""
    linux = machine("linux")
    pd = linux.pd("usr/bin/pd", None)
    header(linux.folder / "sources", 55)
    linux.in_path(pd)
    flags = f"-isystem{linux.folder / 'sources'}"
    program(linux.tree / ".venv" / "bin" / "meson", MESON.replace("cc -E", "cc $CPPFLAGS -E"))
    assert linux.found(linux.run("install-pd", CPPFLAGS=flags)) == str(pd)


@pytest.mark.parametrize(
    ("system", "places", "sources"),
    [
        ("macos", "/Applications and ~/Applications", ["brew install --cask pd"]),
        ("windows", "Program Files", ["installer for 64 bits"]),
        ("linux", "PATH", ["apt install puredata puredata-dev", "pacman -S pd", "dnf install"]),
    ],
)
@pytest.mark.parametrize("command", ["install-pd", "pd"])
def test_none(machine, system, places, sources, command):
    """What to install, and where from; and nothing has been done."""
    here = machine(system)
    before = here.everything()
    said = here.run(command, status=1)
    assert "Pure Data 0.53 or newer is needed" in said
    assert re.search(f"Looked in .*{places}", said)
    for source in (*sources, "https://msp.ucsd.edu/software.html", "https://puredata.info/"):
        assert source in said
    assert f"PD=/folder/of/it/pd ./run {command}" in said
    assert here.everything() == before


@pytest.mark.parametrize("command", ["install-pd", "pd"])
def test_some_that_will_not_do(machine, command):
    mac = machine("macos")
    bare = mac.pd("usr/local/bin/pd", None)
    mac.in_path(bare)
    old = mac.application("Applications/Pd-extended.app", 43)
    before = mac.everything()
    said = mac.run(command, status=1)
    assert f"{bare} has no m_pd.h beside it" in said and f"{old} is Pd 0.43" in said
    assert "brew install" in said
    assert mac.everything() == before


def test_one_is_named_that_is_none(machine):
    """Then no other is taken in its place."""
    mac = machine("macos")
    mac.application("Applications/Pd.app")
    said = mac.run("install-pd", status=1, PD=str(mac.home))
    assert f"{mac.home}, which PD names, is no program" in said
    assert not (mac.home / "Library").exists()


def test_objects_that_cannot_be_built(machine):
    """Then what was installed before stays as it was."""
    mac = machine("macos")
    mac.application("Applications/Pd.app")
    mac.run("install-pd")
    before = {path: path.stat().st_ino for path in mac.home.rglob("*")}
    program(mac.tree / ".venv" / "bin" / "ninja", "echo no such luck; exit 1")
    said = mac.run("install-pd", status=1)
    assert "no such luck" in said and "installed" not in said
    assert {path: path.stat().st_ino for path in mac.home.rglob("*")} == before


@pytest.mark.parametrize("system", SYSTEMS)
def test_the_documents_folder_of_pd(machine, system):
    """Where Pd has made a folder for externals, that is where people look for them."""
    here = machine(system)
    here.in_path(here.pd("bin/pd", "../src"))
    externals = (here.user if system == "windows" else here.home) / "Documents" / "Pd" / "externals"
    externals.parent.mkdir(parents=True)
    assert "Documents" not in here.run("install-pd"), "Pd does not look for objects there"
    externals.mkdir()
    check_installed(here.run("install-pd"), externals / "specml")


def test_linux_without_a_documents_folder(machine):
    linux = machine("linux")
    linux.in_path(linux.pd("bin/pd", "../include"))
    folder = linux.home / ".local" / "lib" / "pd" / "extra" / "specml"
    check_installed(linux.run("install-pd"), folder)


def test_what_a_running_pd_has_loaded_stays(machine):
    """An object is replaced as a file, not overwritten; what the user added is kept."""
    linux = machine("linux")
    linux.in_path(linux.pd("bin/pd", "../include"))
    folder = linux.home / ".local" / "lib" / "pd" / "extra" / "specml"
    folder.mkdir(parents=True)
    (folder / "mine.pd").write_text("mine")
    (folder / "autoregnn~.l_amd64").write_text("older")
    with (folder / "autoregnn~.l_amd64").open() as loaded:
        linux.run("install-pd")
        assert loaded.read() == "older"
    assert (folder / "autoregnn~.l_amd64").read_text() == "made\n"
    assert (folder / "mine.pd").read_text() == "mine"


@pytest.mark.parametrize("system", SYSTEMS)
def test_the_tour_opens_in_the_pd_that_was_found(machine, system):
    here = machine(system)
    place = {
        "macos": "Applications/Pd-0.56-2.app/Contents/Resources/bin/pd",
        "windows": "c/Program Files/Pd/bin/pd.exe",
        "linux": "tools/pd",
    }[system]
    pd = here.pd(place, "../src")
    here.run("pd", "-nogui")
    name, *words = here.said_of("pd").splitlines()
    assert name == str(pd)
    assert words[-3:] == ["-open", "help-patches/pd/specml-tour.pd", "-nogui"]


class TestDebian:
    """Where apt-get is at hand."""

    @pytest.fixture
    def debian(self, machine):
        """Packages that put pd into the tools' folder."""
        here = machine("linux")
        program(here.tools / "id", "echo 0")
        program(here.tools / "dpkg-query", "exit 1")
        made = here.pd("packages/bin/pd", "../include", 53)
        install = f'case " $* " in *" install "*) ln -s {made} {here.tools}/pd ;; esac'
        program(here.tools / "apt-get", f'echo "$@" >>"$LOG.apt"; {install}')
        (here.tools / "ln").symlink_to(shutil.which("ln"))
        return here

    def test_packages_are_installed(self, debian):
        assert debian.found(debian.run("install-pd")) == str(debian.tools / "pd")
        assert debian.said_of("apt").endswith("puredata-core puredata-dev")

    def test_with_the_window_for_the_tour(self, debian):
        debian.run("pd")
        assert debian.said_of("apt").endswith("puredata-core puredata-dev puredata-gui")

    def test_a_pd_of_ones_own_is_enough(self, debian):
        debian.in_path(debian.pd("usr/local/bin/pd", "../include"))
        debian.run("pd")
        assert not Path(f"{debian.log}.apt").exists()

    def test_no_right_to_install(self, debian):
        program(debian.tools / "apt-get", "echo are you root?; exit 100")
        before = debian.everything()
        said = debian.run("install-pd", status=1)
        assert "are you root?" in said and "apt install puredata puredata-dev" in said
        assert debian.everything() == before
