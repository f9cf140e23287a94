import { describe, expect, it } from 'vitest';
import { thresholdRules, unreachableMargin } from './threshold-rules.ts';

const faults = (given: unknown) => thresholdRules.safeParse(given).error?.issues.map(({ message }) => message) ?? [];

describe('thresholdRules', () => {
  it.each([
    [[], []],
    ['[]', []],
    [[{ workload: 'chat_*', target: '20%' }], [{ workload: 'chat_*', target: 0.2 }]],
    ['- {workload: "chat_*", target: 20%}', [{ workload: 'chat_*', target: 0.2 }]],
    ['[{model: thread*, margin: 8 %}]', [{ model: 'thread*', margin: 0.08 }]],
    [
      '- metric: peak_rss\n  runtime: "*3.14*"\n  target: 0.3\n  margin: 0\n- target: 15%\n',
      [{ metric: 'peak_rss', runtime: '*3.14*', target: 0.3, margin: 0 }, { target: 0.15 }],
    ],
  ])('reads %j', (given, rules) => {
    expect(thresholdRules.parse(given)).toEqual(rules);
  });

  it.each([
    ['chat', /is not a list of rules such as - \{workload/],
    ['{workload: chat, target: 20%}', /is not a list of rules/],
    [{ workload: 'chat', target: 0.2 }, /is not a list of rules/],
    [7, /is not a list of rules/],
    ['- {workload: *chat, target: 20%}', /is not valid YAML: .*put patterns into quotes/],
    ['- {target: 20%', /is not valid YAML/],
    ['- {target: 20%, target: 30%}', /is not valid YAML: Map keys must be unique/],
    ['- &a {target: 20%}\n- *a', /is not valid YAML: Alias/],
    [['chat'], /^rule 1: is not a mapping such as \{workload/],
    [[null], /^rule 1: is not a mapping/],
    [[[]], /^rule 1: is not a mapping/],
    [[{ target: '5%' }, { wokload: 'chat', target: '5%' }], /^rule 2: has no key "wokload"; a rule has workload, model/],
    [[{}], /^rule 1: states neither target nor margin/],
    [[{ workload: 'chat' }], /^rule 1: states neither target nor margin/],
    [[{ target: 'much' }], /^rule 1: target is not a share such as 10% or 0\.1/],
    [[{ target: 20 }], /^rule 1: target must be below 100%; write 10% or 0\.1/],
    [[{ target: '0%' }], /^rule 1: target must be above 0%/],
    [[{ margin: -0.1 }], /^rule 1: margin must be 0% or more/],
    [[{ target: Number.NaN }], /^rule 1: target is not a share/],
    [[{ target: null }], /^rule 1: target is not a share/],
    [[{ target: '5%', margin: '5%' }], /^rule 1: margin must be below target; target 5 % and margin 5 % are given/],
    [[{ workload: '', target: '5%' }], /^rule 1: workload is not a name or a pattern/],
    [[{ workload: 3, target: '5%' }], /^rule 1: workload is not a name or a pattern/],
    [[{ metric: 'x'.repeat(201), target: '5%' }], /^rule 1: metric is not a name or a pattern/],
    [[{ model: 'gevent', target: '5%' }], /^rule 1: model "gevent" fits no concurrency model; they are sequential/],
    [[{ model: 'thread_pools*', target: '5%' }], /fits no concurrency model/],
  ])('refuses %j', (given, message) => {
    expect(faults(given)[0]).toMatch(message);
  });

  it('names every bad rule, and none that is good', () => {
    expect(faults([{ target: 5 }, { target: '5%' }, {}]).map((message) => message.slice(0, 7))).toEqual(['rule 1:', 'rule 3:']);
  });
});

describe('unreachableMargin', () => {
  it.each([
    [[{ margin: 0.1 }], 'rule 1: margin must be below target; target 10 % and margin 10 % are given'],
    [[{ target: 0.05 }, { margin: 0.3 }, { target: 0.2 }], 'rule 2: margin must be below target; target 20 % and margin 30 % are given'],
    [[{ margin: 0.1 }, { target: 0.2 }], null],
    [[{ margin: 0.09 }], null],
    [[{ target: 0.02 }], null],
    [[], null],
  ])('of %j is %j', (rules, message) => {
    expect(unreachableMargin(rules, 0.1)).toBe(message);
  });
});
