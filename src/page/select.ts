import { element } from './element.ts';

/** One of several values, chosen from a list under its label. */
export interface Select {
  readonly field: HTMLElement;
  readonly value: () => string;
  /** Chooses a value; the first of the list for one that is not in it. */
  readonly set: (value: string) => void;
}

/** What a list offers: values, each with the words for it. */
export interface SelectOptions {
  readonly label: string;
  readonly options: readonly (readonly [value: string, words: string])[];
  readonly onChange: () => void;
}

/** A list to choose from. */
export function select({ label, options, onChange }: SelectOptions): Select {
  const list = element('select', {}, ...options.map(([value, words]) => element('option', { value }, words)));
  list.addEventListener('change', onChange);
  return {
    field: element('label', { class: 'field' }, element('span', {}, label), list),
    value: () => list.value,
    set: (value) => {
      list.value = value;
      if (list.selectedIndex === -1) list.selectedIndex = 0;
    },
  };
}
