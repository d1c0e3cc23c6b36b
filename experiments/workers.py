"""Where the cells of a study run: processes on this machine, or a Dask cluster.

Both are generators of (key, cell, outcome), in the order in which the cells end; to close one ends its work.
An outcome holds the result and what made it, or the text of an error.
"""

import asyncio
import json
import multiprocessing
import os
import platform
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Generator
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor, as_completed
from importlib.metadata import version
from multiprocessing.connection import wait
from typing import Any

import numpy as np

Cell = dict[str, Any]
Run = Callable[..., dict[str, Any]]
Outcomes = Generator[tuple[str, Cell, dict[str, Any]], None, None]


class WorkersLostError(RuntimeError):
    """No worker can be reached any more; what is finished is kept."""


def perform(run: Run, cell: Cell) -> dict[str, Any]:
    """Run one cell, on the worker. An exception comes back as text, for it may not survive the way back."""
    start = time.thread_time()  # other programs may run on the same core
    try:
        # Through JSON and back, so that a result is the same whether it is new or read from the journal.
        result = json.loads(json.dumps(run(**cell), default=np.generic.item))
    except Exception:
        return {"error": traceback.format_exc()}
    return {
        "result": result,
        "seconds": round(time.thread_time() - start, 2),
        "date": time.strftime("%Y-%m-%d", time.gmtime()),
        "environment": environment(),
    }


def environment() -> dict[str, str]:
    """Versions, linear algebra and kind of machine; no name of a host or a user."""
    blas = np.show_config(mode="dicts")["Build Dependencies"]["blas"]
    return {
        "python": platform.python_version(),
        "numpy": np.__version__,
        "rnn_core": version("rnn-book"),
        "blas": f"{blas['name']} {blas['version']}",
        "machine": f"{platform.system()} {platform.machine()}",
    }


def on_processes(count: int, run: Run, cells: list[tuple[str, Cell]]) -> Outcomes:
    """Run the cells on `count` processes of this machine, each with one thread."""
    for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"):
        os.environ[variable] = "1"
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(min(count, len(cells)), mp_context=context, initializer=_start_process)
    try:
        futures = {pool.submit(perform, run, cell): (key, cell) for key, cell in cells}
        for future in as_completed(futures):
            try:
                yield *futures[future], future.result()
            except BrokenExecutor:
                raise WorkersLostError("a worker process was killed") from None
    finally:
        for process in multiprocessing.active_children():
            process.terminate()
        pool.shutdown(cancel_futures=True)


def _start_process() -> None:
    """Leave Ctrl-C to the parent, and end when the parent is killed, which else would leave an orphan."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    assert parent is not None

    def end_with_parent() -> None:
        wait([parent.sentinel])
        os._exit(1)

    threading.Thread(target=end_with_parent, daemon=True).start()


def on_dask(address: str, run: Run, cells: list[tuple[str, Cell]]) -> Outcomes:
    """Run the cells on a Dask cluster. If a worker dies, Dask itself gives its cell to another one."""
    import cloudpickle
    import distributed

    # The workers have rnn_core, but not this folder: its functions travel with the cells.
    cloudpickle.register_pickle_by_value(sys.modules[__name__])
    try:
        client = distributed.Client(address, timeout="10s")
    except (OSError, ValueError) as error:
        raise WorkersLostError(f"no Dask scheduler at {address}: {error}") from None
    with client:
        for _ in range(50):
            if client.nthreads():
                break
            time.sleep(0.1)
        else:
            print(f"No worker has joined the scheduler at {address} yet: waiting for one.", file=sys.stderr)
        futures = {client.submit(perform, run, cell, pure=False): (key, cell) for key, cell in cells}
        for future in distributed.as_completed(list(futures)):
            try:
                outcome = future.result()
            except (distributed.CancelledError, asyncio.CancelledError):
                raise WorkersLostError(f"the Dask scheduler at {address} is gone") from None
            except Exception as error:  # KilledWorker: this cell was there each time that a worker died
                outcome = {"error": repr(error)}
            # Dask would make a result again whose worker dies, as long as somebody holds on to it.
            future.release()
            yield *futures.pop(future), outcome
