"""measure: what pipelines cost, as the parts of scripts/bench measure it."""

import os
import statistics
import subprocess
import sys
import time

NOTHING = os.devnull


class Cost:
    """CPU of each process of a pipeline, in seconds, and the wall time of all."""

    def __init__(self, each, wall):
        self.each, self.wall = each, wall
        self.cpu = sum(each)


def started(commands, source, target):
    """The processes of a pipeline from file to file."""
    running, feed = [], open(source, 'rb')
    for i, command in enumerate(commands):
        last = i == len(commands) - 1
        out = open(target, 'wb') if last else subprocess.PIPE
        child = subprocess.Popen(command, stdin=feed, stdout=out)
        feed.close()
        feed = out if last else child.stdout
        running.append(child)
    feed.close()
    return running


def run(commands, source=NOTHING, target=NOTHING):
    """Runs a pipeline, whose programs end with 0 or 1, else the bench ends."""
    begin, each = time.perf_counter(), []
    for child, command in zip(started(commands, source, target), commands):
        _, status, use = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode not in (0, 1):
            sys.exit('bench: %s ended with status %d' % (os.path.basename(command[0]), child.returncode))
        each.append(use.ru_utime + use.ru_stime)
    return Cost(each, time.perf_counter() - begin)


class Ratio:
    """The median of runs, each compared with the mean of what ran before and behind it."""

    def __init__(self, values):
        self.median = statistics.median(values)
        self.spread = (max(values) - min(values)) / 2

    def __str__(self):
        return '%.2f ± %.2f' % (self.median, self.spread)


def ratio(measure, base, runs):
    """MEASURE and BASE in turn, both functions that return seconds: a Ratio, and the median of MEASURE."""
    values, seconds, before = [], [], base()
    for _ in range(runs):
        cost = measure()
        after = base()
        seconds.append(cost)
        values.append(2 * cost / (before + after))
        before = after
    return Ratio(values), statistics.median(seconds)


def start(command, source, times):
    """Median CPU in milliseconds of a program that has nothing to do but to start."""
    actions = [(os.POSIX_SPAWN_OPEN, 0, source, os.O_RDONLY, 0), (os.POSIX_SPAWN_OPEN, 1, NOTHING, os.O_WRONLY, 0)]
    path, costs = which(command[0]), []
    for _ in range(times):
        pid = os.posix_spawn(path, command, os.environ, file_actions=actions)
        _, status, use = os.wait4(pid, 0)
        if os.waitstatus_to_exitcode(status) not in (0, 1):
            sys.exit('bench: %s does not start' % command[0])
        costs.append(1000 * (use.ru_utime + use.ru_stime))
    return statistics.median(costs)


def which(name):
    if '/' in name:
        return name
    return next((p for p in (os.path.join(d, name) for d in os.environ['PATH'].split(':')) if os.access(p, os.X_OK)), '')


def peak(launcher, command, source, target=NOTHING):
    """Peak memory of a program in MiB."""
    read, write = os.pipe()
    with open(source, 'rb') as feed, open(target, 'wb') as out:
        child = subprocess.Popen(['/bin/sh', '-c', 'exec "$@" 3>&%d' % write, 'peak', launcher] + command,
                                 stdin=feed, stdout=out, pass_fds=[write])
    os.close(write)
    with open(read) as f:
        said = f.read()
    if child.wait() not in (0, 1):
        sys.exit('bench: %s ended with status %d' % (os.path.basename(command[0]), child.returncode))
    return int(said) / 1024


def machine():
    """The processor by its model, and how many there are; no name of a host."""
    model = 'an unknown processor'
    try:
        for line in open('/proc/cpuinfo', encoding='utf-8'):
            if line.startswith('model name'):
                model = line.split(':', 1)[1].strip()
                break
    except OSError:
        pass
    return '%s, %d processors' % (model, os.cpu_count() or 1)
