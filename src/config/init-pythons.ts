/** What a project says of the Pythons that it is for. */
export interface PythonDeclaration {
  readonly classifiers: readonly string[];
  /** Version clauses such as ">=3.11,<3.14", or null where it names none. */
  readonly requiresPython: string | null;
}

/** Pythons to measure on, and what says so. */
export interface DeclaredPythons {
  /** One or two minor versions, "3.12", from old to new. */
  readonly pythons: readonly string[];
  readonly from: 'classifiers' | 'requires-python';
}

/** A run on more of them takes longer than it tells. */
const mostPythons = 2;

const newestConceivable = 99;

/**
 * The two newest minor versions of Python 3 that the classifiers name; without such classifiers, those that
 * requires-python admits. Null where neither says where to end: then the newest at hand are the better choice.
 *
 * @param isKnown whether 3.N is a version that exists and can be measured
 */
export function declaredPythons(declaration: PythonDeclaration, isKnown: (minor: number) => boolean): DeclaredPythons | null {
  const named = new Set(declaration.classifiers.flatMap(classifiedMinor));
  const known = Array.from({ length: newestConceivable + 1 }, (_, minor) => minor).filter(isKnown);
  const classified = known.filter((minor) => named.has(minor));
  if (classified.length > 0) return { pythons: newest(classified), from: 'classifiers' };
  const admitted = admittedOf(known, declaration.requiresPython);
  return admitted.length === 0 ? null : { pythons: newest(admitted), from: 'requires-python' };
}

function newest(minors: readonly number[]): readonly string[] {
  return minors.slice(-mostPythons).map((minor) => `3.${minor}`);
}

function classifiedMinor(classifier: string): readonly number[] {
  const minor = /^Programming Language :: Python :: 3\.(\d{1,2})$/.exec(classifier.trim())?.[1];
  return minor === undefined ? [] : [Number(minor)];
}

/** Those of the known minor versions that the clauses admit; none where they would admit a later one too, or cannot be read. */
function admittedOf(known: readonly number[], clauses: string | null): readonly number[] {
  const read = (clauses ?? '').split(',').map(readClause);
  const admits = (minor: number) => read.every((clause) => clause !== null && clauseAdmits(clause, minor));
  return admits((known.at(-1) ?? 0) + 1) ? [] : known.filter(admits);
}

interface Clause {
  readonly operator: string;
  /** 3 for Python 3. */
  readonly major: number;
  readonly minor: number;
  /** Null where the clause names none; "*" for any. */
  readonly patch: number | '*' | null;
}

function readClause(text: string): Clause | null {
  const match = /^(==|~=|!=|<=|>=|<|>)\s*(\d{1,2})(?:\.(\d{1,2}))?(?:\.(\d{1,3}|\*))?$/.exec(text.trim());
  if (match === null) return null;
  const [, operator = '', major, minor, patch] = match;
  return {
    operator,
    major: Number(major),
    minor: Number(minor ?? 0),
    patch: patch === undefined ? null : patch === '*' ? patch : Number(patch),
  };
}

/** Whether some release of Python 3.`version` meets the clause. */
function clauseAdmits({ operator, major, minor, patch }: Clause, version: number): boolean {
  const order = 3 - major || version - minor;
  switch (operator) {
    case '<':
      return order < 0 || (order === 0 && typeof patch === 'number' && patch > 0);
    case '<=':
      return order <= 0;
    case '==':
      return order === 0;
    case '~=':
      return patch === null ? order >= 0 && major === 3 : order === 0;
    case '!=':
      return order !== 0 || patch !== '*';
    default:
      return order >= 0;
  }
}
