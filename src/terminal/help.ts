/** The text of `--help`. */
export const helpText = `concurrency-regressions: did threads, asyncio, uvloop, executors or processes get slower?

Usage
  concurrency-regressions run [options]             measure, compare, confirm, report, store
  concurrency-regressions run --null [options]      this tree against itself: shows false alarms
  concurrency-regressions plan [options]            share a run out over the jobs of a matrix
  concurrency-regressions measure [options]         measure and compare; write the results file
  concurrency-regressions report [options]          judge and report results files, no Python needed
  concurrency-regressions baseline COMMAND          list, show and keep the stored runs
  concurrency-regressions init [its options]        write the workflow and its config file
  concurrency-regressions compare BASE HEAD         compare two results files
  concurrency-regressions pairs --base TREE --head TREE [options]   measure two trees in turns
  concurrency-regressions check-workload FILE [options]   run a workload once under every model
  concurrency-regressions doctor [options]          show interpreters, machine and its noise
  concurrency-regressions simulate [its options]    how often verdicts are right, simulated

Options; each is an input of the action and a key of .github/concurrency.yml too (default)

  What is measured
  --workloads LIST         core, full, names, globs, paths of your own files; ! negates   (core)
  --models LIST            sequential threads thread_pool asyncio uvloop executor processes
                           interpreters   (all)
  --python-version LIST    3.13, 3.13t, 3.13.0, 3.10-3.13, >=3.11, latest, a path, or all
                           (the two newest at hand)
  --uvloop-version LIST    latest, 0.22, 0.22.1, 0.19-0.22, >=0.20   (latest)
  --python-install WORD    never install a Python, or one that is missing with uv   (never)
  --install COMMAND        run in each tree and environment before measuring, such as
                           'pip install .'   (none)

  What it is compared with
  --compare WORD           auto: screen against the stored runs, confirm suspects in pairs where
                           there is a base; baseline: stored runs only, suspects fail nothing;
                           pairs: every cell in pairs, no screen   (auto)
  --base-ref REF           branch, tag or commit to measure in pairs with   (none at a terminal)
  --null-run BOOL, --null  base and head are the same tree   (false)
  --baseline-store WORD    file, or branch of a repository on GitHub   (file)
  --baseline-branch NAME   the branch of the store   (concurrency-baselines)
  --baseline-path DIR      where earlier runs are kept   (.concurrency-regressions/baseline)

  How much is measured
  --time-budget TIME       90s, 4m30s, 1h: fewer rounds and pairs rather than more time
                           (4m30s; 15m where pairs may follow)
  --timeout TIME           for one process, before it is killed and its cell is broken   (60s)
  --processes N            fresh processes for each cell   (5)
  --values N               measured values in each process   (5)
  --confirm-pairs LIST     pairs after which to look; the last at least 20   (10,20,40)
  --max-suspects N         most cells to confirm; the others are inconclusive   (no limit)
  --max-shards N           plan: most shards, one for each Python at least   (20)
  --seed N                 seed of the schedule   (from the commit)

  What counts
  --target SHARE           slowdown that must not be missed   (10%)
  --margin SHARE           smallest change that is flagged   (5%; half of a target below 10%)
  --alpha SHARE            chance of any false flag in one comparison   (1%)
  --thresholds RULES       target and margin of some cells as YAML, the last rule that fits wins:
                           '[{workload: "chat_*", model: asyncio, target: 20%}]'   (none)
  --fail-on LIST           regression broken inconclusive not-comparable missing
                           missing-baseline missing-shard new, or none
                           (regression,broken,missing-shard)
  --warn-on LIST           the same words   (missing,missing-baseline,not-comparable)

  Files
  --working-directory DIR  what relative paths are relative to   (.)
  --config FILE            options as YAML   (.github/concurrency.yml)
  --results FILE           where this run is written; for report the files to read, paths and
                           globs   (.concurrency-regressions/results.json)
  --report-path FILE       Markdown report   (.concurrency-regressions/report.md)

Options of one command
  plan     --json          print the matrix of a workflow instead of text
  measure  --shard JSON    an entry's shard of that matrix   (everything)
  pairs    --base TREE, --head TREE   folders with the source before and after; twice the same
                           shows false alarms. Workloads named by path are found in each tree;
                           --processes and the stored runs play no part
  baseline list | show [CELL] | export FILE | import FILE | verify
           accept --cells PATTERN --commit SHA --why TEXT [--by NAME]
           prune --keep N | --older-than 90d | --commits LIST | --runs LIST | --damaged
           each with --json, and --baseline-store branch --repository OWNER/NAME for the branch of
           a repository (token from GITHUB_TOKEN)
  init     --recipe WORD   one-job, matrix (a job for each Python) or fork (comments on pull
                           requests from forks too)   (one-job)
           --branch NAME   the default branch   (that of origin, else the one checked out)
           --python-version LIST   (the two newest that pyproject.toml names)
           --install COMMAND   '' for none   (pip install . where there is a package)
           --workloads LIST   (core)
           --force         write over files that are there
           --dry-run       show the files and write none
           --json          print JSON for other programs instead of text
  compare  --alpha SHARE   level of each comparison   (5%)
           --json          print JSON for other programs instead of text
  simulate --pull-requests N   simulated pull requests for each figure   (100)
           --cells N       cells of each of them   (100)
           --scenario LIST kinds of machine: quiet hostedSame hosted hostile   (all)
           --seed TEXT     another text, other draws   (acceptance 1)

Exit code: 0 fine, 1 the gate failed or not every cell was measured, 2 the input is wrong,
130 interrupted.

Examples
  concurrency-regressions run --python-version 3.12,3.13
  concurrency-regressions run --workloads './benchmarks/*.py' --models threads,asyncio
  concurrency-regressions run --base-ref origin/main --install 'pip install .'
  concurrency-regressions run --null --workloads chat_server
  concurrency-regressions compare before.json after.json --alpha 1%
  concurrency-regressions pairs --base ../main --head . --workloads benchmarks/parse.py
  concurrency-regressions check-workload ./benchmarks/parse.py --python-version 3.13
  concurrency-regressions simulate --scenario quiet,hosted --pull-requests 200
`;
