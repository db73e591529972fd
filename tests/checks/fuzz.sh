#!/bin/bash
# A few seconds of hostile input at every boundary; by hand `tests/fuzz/run 3600 -s 7` goes on longer.
cd "$(dirname "$0")/../.." || exit 2
exec tests/fuzz/run 6
