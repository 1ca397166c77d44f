"""Rows are run by the workers of a cluster, in batches, and recorded as they come."""

import math
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .parts import Range

if TYPE_CHECKING:
    from distributed import Client, Future, as_completed

TASK = 1.0  # seconds that a task should take: what it costs beside its rows is about 0.01
AHEAD = 2  # tasks of each worker that are under way: one is run, one waits beside it
MOST = 1 << 14  # rows of a task
GONE = "the scheduler went away"

Work = Callable[[int, int], bytes]  # runs rows begin .. end - 1 and returns them as a file
Batch = tuple[bytes, float]  # what it returned, and the seconds that it took


class LostError(RuntimeError):
    """The scheduler went away, or a worker cannot run anything of the sweep."""


@dataclass
class Queue:
    """Rows that are still to be run, cut into batches when they are asked for.

    Examples
    --------
    >>> queue = Queue([(0, 5), (8, 9)])
    >>> queue.left, queue.next(3), queue.next(3), queue.next(3), queue.left
    (6, (0, 3), (3, 5), (8, 9), 0)
    """

    ranges: Iterable[Range]
    left: int = 0
    _waiting: deque[Range] = field(default_factory=deque)

    def __post_init__(self) -> None:
        """Count the rows."""
        self._waiting = deque(self.ranges)
        self.left = sum(end - begin for begin, end in self._waiting)

    def next(self, most: int) -> Range:
        """Return the next batch, of neighbouring rows."""
        begin, end = self._waiting.popleft()
        last = min(end, begin + most)
        if last < end:
            self._waiting.appendleft((last, end))
        self.left -= last - begin
        return begin, last


@dataclass
class Pace:
    """How many rows make a task: as many as last `TASK` seconds, but each worker gets its share.

    Examples
    --------
    >>> pace = Pace()
    >>> pace.rows(left=1000, workers=2)
    1
    >>> pace.learn(0.5, rows=10)
    >>> pace.rows(left=1000, workers=2), pace.rows(left=8, workers=2)
    (20, 2)
    """

    seconds: float = math.inf  # of a row

    def learn(self, seconds: float, rows: int) -> None:
        """Take in what a batch took."""
        self.seconds = max(seconds / rows, 1e-9)

    def rows(self, left: int, workers: int) -> int:
        """Return the rows of the next batch."""
        enough = math.ceil(TASK / self.seconds) if math.isfinite(self.seconds) else 1
        share = math.ceil(left / (AHEAD * max(workers, 1)))
        return max(1, min(enough, share, MOST))


def timed(work: Work, begin: int, end: int) -> Batch:
    """Run a batch, on a worker.

    Examples
    --------
    >>> data, seconds = timed(lambda begin, end: b"rows", 0, 10)
    >>> data, seconds >= 0.0
    (b'rows', True)
    """
    started = time.perf_counter()
    return work(begin, end), time.perf_counter() - started


@dataclass
class Gather:
    r"""Runs batches on a cluster with a few of them under way at any time.

    So neither scheduler nor client ever holds more than the rows that are being run, however
    many there are.

    Attributes
    ----------
    client : distributed.Client
        Of the cluster.
    work : callable
        Runs rows ``begin .. end - 1``; it is sent to the workers.
    record : callable
        Is given begin, end and what `work` returned, as soon as it is there.

    Examples
    --------
    >>> from distributed import Client
    >>> came = []
    >>> with Client(n_workers=1, processes=False, dashboard_address="127.0.0.1:0") as client:
    ...     work = lambda begin, end: bytes(range(begin, end))
    ...     Gather(client, work, lambda begin, end, data: came.append(data)).run([(0, 5)])
    []
    >>> b"".join(sorted(came))
    b'\x00\x01\x02\x03\x04'
    """

    client: "Client"
    work: Work
    record: Callable[[int, int, bytes], None]
    pace: Pace = field(default_factory=Pace)
    _workers: int = 0
    _asked: float = -math.inf

    def run(self, ranges: Iterable[Range]) -> list[int]:
        """Run all rows of some ranges; return those whose workers died again and again.

        A batch whose workers died is given up by the scheduler. Its rows, of which one may be at
        fault, are then run one at a time, with nothing else under way.

        Raises
        ------
        LostError
            If the scheduler went away, or a worker cannot run anything of the sweep.
        """
        from distributed.comm.core import CommClosedError

        try:
            dead = list(self._all(Queue(ranges), self.workers))
            suspects = [(row, row + 1) for begin, end in dead for row in range(begin, end)]
            return [row for rows in suspects for row, _ in self._all(Queue([rows]), lambda: 0)]
        except CommClosedError as error:
            raise LostError(GONE) from error

    def workers(self) -> int:
        """Return how many batches can be run at once; the scheduler is asked once a second."""
        if time.monotonic() - self._asked > 1.0:
            self._workers, self._asked = sum(self.client.nthreads().values()), time.monotonic()
        return self._workers

    def _all(self, queue: Queue, workers: Callable[[], int]) -> Iterator[Range]:
        """Run what is queued; yield the batches whose workers died."""
        from distributed import as_completed

        flying: dict[Future[Batch], Range] = {}
        arrived = as_completed(loop=self.client.loop)
        self._top_up(queue, flying, arrived, workers())
        for future in arrived:
            begin, end = flying.pop(future)
            if self._took(future, begin, end):
                yield begin, end
            self._top_up(queue, flying, arrived, workers())

    def _top_up(
        self,
        queue: Queue,
        flying: "dict[Future[Batch], Range]",
        arrived: "as_completed",
        workers: int,
    ) -> None:
        while queue.left and len(flying) < max(AHEAD * workers, 1):
            rows = queue.next(self.pace.rows(queue.left, workers))
            key = f"rows-{rows[0]}-{rows[1]}-{time.monotonic_ns()}"
            future = self.client.submit(timed, self.work, *rows, key=key, pure=False)
            flying[future] = rows
            arrived.add(future)

    def _took(self, future: "Future[Batch]", begin: int, end: int) -> bool:
        """Record what a batch returned, or say that its workers died."""
        from distributed import CancelledError, KilledWorker
        from distributed.comm.core import CommClosedError

        try:
            data, seconds = future.result()
        except KilledWorker:
            return True
        except (CancelledError, CommClosedError) as error:
            raise LostError(GONE) from error
        except Exception as error:
            raise LostError(f"a worker failed: {type(error).__name__}: {error}") from error
        self.record(begin, end, data)
        self.pace.learn(seconds, end - begin)
        return False
