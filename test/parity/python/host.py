"""Runs one program after the other, each in a forked child, so that Python and the SDK are loaded once for all of them.

Each line on standard input is a job, and each line on standard output tells how it ended.
"""

import gc
import importlib
import json
import os
import runpy
import signal
import sys
import tempfile

import sitecustomize

for name in ("anthropic", "anthropic_bedrock", "aiohttp", "boto3", "httpx", "requests", "urllib.request"):
    try:
        importlib.import_module(name)
    except ImportError:
        pass  # Not every environment has every package.


def main():
    """Gives the job that this process, a child by then, is to run; None in the parent, when there are no more."""
    gc.freeze()
    for line in sys.stdin:
        job = json.loads(line)
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            child = os.fork()
            if child == 0:
                prepare(job, out, err)
                return job
            _, status = os.waitpid(child, 0)
            print(json.dumps({"stdout": content(out), "stderr": content(err), **ending(status)}), flush=True)
    return None


def prepare(job, out, err):
    for descriptor, file in ((1, out), (2, err)):
        os.dup2(file.fileno(), descriptor)
    sys.stdin = open(os.devnull)
    os.environ.clear()
    os.environ.update(job["env"])
    sitecustomize.Server.stand_at(job["env"]["ANTHROPIC_BASE_URL"])
    os.chdir(job["cwd"])
    sys.argv = [job["file"]]
    sys.path[0] = os.path.dirname(job["file"])
    signal.alarm(job["timeoutSeconds"])


def content(file):
    file.seek(0)
    return file.read().decode("utf-8", "replace")


def ending(status):
    if os.WIFSIGNALED(status):
        return {"signal": signal.Signals(os.WTERMSIG(status)).name}
    return {"code": os.WEXITSTATUS(status)}


job = main()
if job is not None:
    # At the top level of a module, so that the process then ends as it would alone: threads, exit handlers and all.
    runpy.run_path(job["file"], run_name="__main__")
