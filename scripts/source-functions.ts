import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { type Node, parseSync, Visitor } from 'oxc-parser';
import { z } from 'zod';

/** A function that has a name, by its own or by what holds it, and where it stands. */
export interface SourceFunction {
  readonly name: string;
  /** Counted from 1. */
  readonly line: number;
  /** From the line it begins on to the one it ends on, both counted. */
  readonly lines: number;
}

/**
 * The named functions of TypeScript: declarations, methods, and functions that a variable or a property holds. Callbacks
 * without a name count as lines of what they stand in.
 *
 * @throws when the text cannot be parsed
 */
export function typescriptFunctions(path: string, text: string): readonly SourceFunction[] {
  const { program, errors } = parseSync(path, text);
  if (errors.length > 0) throw new Error(`${path} cannot be parsed: ${errors.map(({ message }) => message).join('; ')}`);
  const found: SourceFunction[] = [];
  const add = (node: Node, name: string) => {
    const line = lineAt(text, node.start);
    found.push({ name, line, lines: lineAt(text, node.end) - line + 1 });
  };
  const addHeld = (node: Node, key: Node, value: Node | null) => {
    if (isFunction(value)) add(node, text.slice(key.start, key.end));
  };
  new Visitor({
    FunctionDeclaration: (node) => add(node, node.id?.name ?? 'default'),
    MethodDefinition: (node) => addHeld(node, node.key, node.value),
    PropertyDefinition: (node) => addHeld(node, node.key, node.value),
    Property: (node) => addHeld(node, node.key, node.value),
    VariableDeclarator: (node) => addHeld(node, node.id, node.init),
  }).visit(program);
  return found;
}

function isFunction(node: Node | null): boolean {
  return node?.type === 'ArrowFunctionExpression' || node?.type === 'FunctionExpression';
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

const pythonAnswer = z.record(z.string(), z.array(z.tuple([z.string(), z.int(), z.int()])));

/**
 * The functions of Python files by path, methods and nested ones too, as Python's own parser sees them.
 *
 * @throws when there is no `python3`, or it cannot parse a file
 */
export function pythonFunctions(root: string, paths: readonly string[]): ReadonlyMap<string, readonly SourceFunction[]> {
  if (paths.length === 0) return new Map();
  const program = join(import.meta.dirname, 'python_functions.py');
  const answer = execFileSync('python3', [program, ...paths], { cwd: root, encoding: 'utf8' });
  const functions = Object.entries(pythonAnswer.parse(JSON.parse(answer)));
  return new Map(
    functions.map(([path, found]) => [path, found.map(([name, first, last]) => ({ name, line: first, lines: last - first + 1 }))]),
  );
}
