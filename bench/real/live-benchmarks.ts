import type { ConcurrencyModel } from '../../src/model/concurrency-model.ts';
import type { LibraryFunction } from './live-library.ts';

/** A benchmark of the live project. */
export interface LiveBenchmark {
  /** Its file is `benchmarks/NAME.py`. */
  readonly name: string;
  /** The function of the library that it spends its time in, and how often one unit calls it. */
  readonly exercises: LibraryFunction;
  readonly callsPerUnit: number;
  readonly models: readonly ConcurrencyModel[];
  readonly source: string;
}

const start = (title: string, imports: readonly string[]) => `"""${title}"""
${['os', 'sys', ...imports].map((name) => `import ${name}`).join('\n')}

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

import library
`;

const inOrder = `
def verify(work, results):
    assert results == [expected(work, i) for i in range(work.n)], "a unit gave a wrong result"
`;

/** Small benchmarks over the models, 20 to 40 ms a value: what a maintainer would write in an hour. */
export const liveBenchmarks: readonly LiveBenchmark[] = [
  {
    name: 'chatter',
    exercises: 'route',
    callsPerUnit: 20,
    models: ['asyncio', 'uvloop'],
    source: `${start('Chatter: tasks that route messages and let each other have a turn.', ['asyncio'])}
PARAMS = {"n": 30, "messages": 20, "rooms": 120}
MODELS = ["asyncio", "uvloop"]
GATE = "wall_per_unit"


async def unit_async(work, i):
    total = 0
    for message in range(work.messages):
        total += len(library.route(i + message, range(work.rooms)))
        await asyncio.sleep(0)
    return total


def expected(work, i):
    return sum(sum((message * 31 + room) % 7 < 5 for room in range(work.rooms)) for message in range(i, i + work.messages))

${inOrder}`,
  },
  {
    name: 'records',
    exercises: 'encode',
    callsPerUnit: 1,
    models: ['thread_pool'],
    source: `${start('Records: a thread pool that encodes records.', ['json'])}
PARAMS = {"n": 50, "fields": 400, "workers": 4}
MODELS = ["thread_pool"]
GATE = "wall_per_unit"


def unit(work, i):
    return library.encode(i, work.fields)


def verify(work, results):
    read = [json.loads(text) for text in results]
    assert len(read) == work.n and all(len(record) == work.fields for record in read), "a record is missing or short"
    assert all(record["field7"] == i * 7 % 997 for i, record in enumerate(read)), "a record holds another number"
`,
  },
  {
    name: 'lines',
    exercises: 'parse',
    callsPerUnit: 1,
    models: ['sequential'],
    source: `${start('Lines: parses lines of a log, one after the other.', [])}
PARAMS = {"n": 100, "words": 400}
MODELS = ["sequential"]
GATE = "wall_per_unit"


def setup(work):
    work.lines = [",".join("key%d=%d" % (word, word * i % 89) for word in range(work.words)) for i in range(work.n)]


def unit(work, i):
    return library.parse(work.lines[i])


def expected(work, i):
    return sum(word * i % 89 for word in range(work.words)), work.words

${inOrder}`,
  },
  {
    name: 'parcels',
    exercises: 'forward',
    callsPerUnit: 1,
    models: ['threads'],
    source: `${start('Parcels: one thread hands parcels to another through a queue.', ['queue', 'threading'])}
PARAMS = {"n": 500, "stops": 250}
MODELS = ["threads"]
GATE = "wall_per_unit"


def units(work):
    return work.n


def run_threads(work):
    waiting, places = queue.Queue(maxsize=64), []

    def receive():
        for _ in range(work.n):
            places.append(library.forward(waiting.get(), work.stops))

    receiver = threading.Thread(target=receive)
    receiver.start()
    for parcel in range(work.n):
        waiting.put(parcel)
    receiver.join()
    return places


def verify(work, results):
    assert len(results) == work.n and all(0 <= place < 65521 for place in results), "a parcel was lost"
    assert results[3] == library.forward(3, work.stops), "a parcel is in a wrong place"
`,
  },
  {
    name: 'blocks',
    exercises: 'digest',
    callsPerUnit: 1,
    models: ['executor'],
    source: `${start('Blocks: digests of blocks, handed by a loop to an executor.', ['zlib'])}
PARAMS = {"n": 20, "size": 6000, "workers": 4}
MODELS = ["executor"]
GATE = "wall_per_unit"


def setup(work):
    work.blocks = [bytes((i + byte) % 251 for byte in range(work.size)) for i in range(work.n)]


def unit(work, i):
    return library.digest(work.blocks[i])


def expected(work, i):
    return zlib.adler32(work.blocks[i])

${inOrder}`,
  },
];
