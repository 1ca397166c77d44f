"""Where a sweep is run: processes of this machine, or whatever a scheduler has."""

import logging
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from .gather import LostError

if TYPE_CHECKING:
    from distributed import Client

# glibc keeps the memory of a row for the next one: a row takes 15 % less than as Dask sets it
ENVIRONMENT = {
    "MALLOC_ARENA_MAX": 1,
    "MALLOC_MMAP_THRESHOLD_": 1 << 25,  # bytes
    "MALLOC_TRIM_THRESHOLD_": 1 << 28,
    **dict.fromkeys(("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"), 1),
}
SETTINGS = {
    "distributed.nanny.pre-spawn-environ": ENVIRONMENT,
    "logging.distributed": "critical",
    # what each process does while nothing happens took 2 % of a processor, now 0.4 %
    "distributed.worker.profile.enabled": False,
    "distributed.admin.tick.interval": "1s",
    "distributed.admin.system-monitor.interval": "10s",
}
LOGGERS = ("distributed", "distributed.client")
WAIT = 60.0  # seconds, for the first worker of another scheduler


@contextmanager
def quiet() -> Iterator[None]:
    """Let Dask log nothing: workers come and go, and what ends a sweep is said by it."""
    import dask
    import distributed  # noqa: F401 (it has levels and a configuration of its own, which it sets)

    loggers = [logging.getLogger(name) for name in LOGGERS]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL)
    try:
        with dask.config.set(SETTINGS):
            yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)


@contextmanager
def spared() -> Iterator[None]:
    """Let threads and processes that start within never see Ctrl-C: it is this process's to end.

    A thread has the mask of the one that started it, and a process that of its thread; those that
    start later in place of others have it as well. A Ctrl-C meanwhile comes afterwards.
    """
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    from multiprocessing import resource_tracker

    resource_tracker.ensure_running()  # or whoever starts the first process lets Ctrl-C through
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def local(workers: int | None = None, dashboard: bool = False) -> Iterator["Client"]:
    """Start worker processes on this machine, each of one thread; end them afterwards.

    Parameters
    ----------
    workers : int, optional
        How many; as many as there are processors without it.
    dashboard : bool
        Serve Dask's pages, which want Bokeh, and say where.

    Examples
    --------
    >>> with local(workers=1) as client:
    ...     client.submit(sum, [1, 2]).result()
    3
    """
    from dask.system import CPU_COUNT
    from distributed import Client, LocalCluster

    if dashboard:
        import bokeh  # noqa: F401 (without it Dask has no pages, and does not say so)

    with quiet():
        with spared():
            cluster = LocalCluster(
                n_workers=workers or CPU_COUNT, threads_per_worker=1, processes=True,
                host="127.0.0.1", memory_limit=0, silence_logs=logging.CRITICAL,
                dashboard_address="127.0.0.1:0",  # or it is at 8787, even without pages
                scheduler_kwargs={"dashboard": dashboard},
            )  # fmt: skip
        with cluster, Client(cluster, set_as_default=False) as client:
            if dashboard:
                print(f"Dask: {client.dashboard_link}", file=sys.stderr)
            yield client


@contextmanager
def remote(address: str) -> Iterator["Client"]:
    """Use the workers of a scheduler that runs elsewhere.

    Parameters
    ----------
    address : str
        As ``tcp://10.0.0.1:8786``.

    Raises
    ------
    LostError
        If nothing answers there, or no worker comes.

    Examples
    --------
    >>> from distributed import LocalCluster
    >>> with LocalCluster(n_workers=1, processes=False, dashboard_address="127.0.0.1:0") as here:
    ...     with remote(here.scheduler_address) as client:
    ...         client.submit(sum, [1, 2]).result()
    3
    """
    from distributed import Client

    with quiet():
        try:
            client = Client(address, set_as_default=False)
        except (OSError, ValueError) as error:
            raise LostError(f"no scheduler answers at {address}: {error}") from error
        with client:
            try:
                client.wait_for_workers(1, timeout=WAIT)
            except TimeoutError as error:
                raise LostError(f"the scheduler at {address} has no workers") from error
            yield client
