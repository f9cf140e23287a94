import { z } from 'zod';
import { concurrencyModels } from '../model/concurrency-model.ts';
import { matchesPattern } from '../model/name-pattern.ts';
import { shareText } from '../model/share.ts';
import { type ThresholdRule, thresholdSubjects } from '../model/threshold-rule.ts';
import { share, shareAboveZero } from './share.ts';
import { parseYaml } from './yaml-text.ts';

const keys = [...thresholdSubjects, 'target', 'margin'].join(', ');
const example = '- {workload: "chat_*", target: 20%}';

const patternMessage = 'is not a name or a pattern of 1 to 200 characters';
const pattern = z.string(patternMessage).min(1, patternMessage).max(200, patternMessage);

const rule = z
  .strictObject(
    {
      workload: pattern.exactOptional(),
      model: pattern
        .refine((text) => concurrencyModels.some((model) => matchesPattern(text, model)), {
          error: ({ input }) => `"${input}" fits no concurrency model; they are ${concurrencyModels.join(', ')}`,
        })
        .exactOptional(),
      metric: pattern.exactOptional(),
      runtime: pattern.exactOptional(),
      target: shareAboveZero.exactOptional(),
      margin: share.exactOptional(),
    },
    { error: ({ code }) => (code === 'invalid_type' ? `is not a mapping such as ${example.slice(2)}` : undefined) },
  )
  .refine(({ target, margin }) => target !== undefined || margin !== undefined, 'states neither target nor margin')
  .refine(({ target, margin }) => target === undefined || margin === undefined || target > margin, {
    path: ['margin'],
    error: ({ input }) => belowTarget(input as Required<ThresholdRule>),
  });

/** Thresholds for some cells, in order, from a list of mappings or the same as YAML text. */
export const thresholdRules = z.unknown().transform((given, context): readonly ThresholdRule[] => {
  const rules = typeof given === 'string' ? parsed(given) : given;
  if (!Array.isArray(rules)) {
    context.addIssue(typeof rules === 'string' ? rules : `is not a list of rules such as ${example}`);
    return [];
  }
  return rules.flatMap((each: unknown, index) => {
    const read = rule.safeParse(each);
    if (read.success) return read.data;
    context.addIssue(`rule ${index + 1}: ${faultOf(read.error)}`);
    return [];
  });
});

/**
 * What no rule can make right: a rule whose margin is not below any target it could be combined with. Null if there is none.
 *
 * @param target the target where no rule says otherwise
 */
export function unreachableMargin(rules: readonly ThresholdRule[], target: number): string | null {
  const largest = Math.max(target, ...rules.map((each) => each.target ?? 0));
  const index = rules.findIndex((each) => each.target === undefined && (each.margin ?? 0) >= largest);
  const margin = rules[index]?.margin;
  return margin === undefined ? null : `rule ${index + 1}: margin ${belowTarget({ target: largest, margin })}`;
}

/** What is wrong with a margin that is not below its target. */
export function belowTarget({ target, margin }: { readonly target: number; readonly margin: number }): string {
  return `must be below target; target ${shareText(target)} and margin ${shareText(margin)} are given`;
}

/** What YAML text holds, or what is wrong with it. No aliases: a few bytes of them can expand to gigabytes. */
function parsed(text: string): unknown {
  try {
    const value: unknown = parseYaml(text);
    return typeof value === 'string' ? null : value;
  } catch (error) {
    const why = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    return `is not valid YAML: ${why.replace(/:$/, '')}; put patterns into quotes, as in ${example}`;
  }
}

function faultOf({ issues: [issue] }: z.ZodError): string {
  if (issue?.code === 'unrecognized_keys') return `has no key "${issue.keys[0]}"; a rule has ${keys}`;
  const key = issue?.path[0];
  return `${key === undefined ? '' : `${String(key)} `}${issue?.message ?? 'is not valid'}`;
}
