/** A type with every property and element read-only: what a schema infers, as the model writes it. */
export type Immutable<T> = T extends (infer Item)[] | readonly (infer Item)[]
  ? T extends readonly [unknown, ...unknown[]]
    ? { readonly [Key in keyof T]: Immutable<T[Key]> }
    : readonly Immutable<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: Immutable<T[Key]> }
    : T;
