/** A JSON value as every command prints it: one object, ending in a line feed. */
export function jsonText(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
