"""A Dask scheduler here, its workers on SLURM: ``python slurm.py 4`` asks for four jobs."""

import sys

from dask_jobqueue import SLURMCluster  # pip install dask-jobqueue


def cluster() -> SLURMCluster:
    """Return a scheduler, and what each job is to be; names and amounts are yours to change.

    A job runs the Python that runs this: it lies where jobs find it, with specml in it.
    """
    return SLURMCluster(
        queue="normal",
        cores=16,
        processes=16,  # one thread each
        memory="16 GB",
        walltime="04:00:00",
        local_directory="/tmp",
        scheduler_options={"dashboard_address": ":0"},
    )


if __name__ == "__main__":
    with cluster() as started:
        started.scale(jobs=int(sys.argv[1]))
        print(f"specml sweep SPEC.toml --scheduler {started.scheduler_address}", flush=True)
        input("Enter ends it. ")
