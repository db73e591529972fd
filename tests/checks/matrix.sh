#!/bin/bash
# Every filter under every fault, an even choice of them; `tests/faults/matrix -a` tries them all.
cd "$(dirname "$0")/../.." || exit 2
exec tests/faults/matrix
