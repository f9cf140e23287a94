import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { OpenAPIBackend } from 'openapi-backend';
import { expect, test } from 'vitest';
import { encodeDescription, subsetOf } from '../../scripts/openapi.ts';
import { officialDescription } from './description.ts';
import { allHandlers } from './routes.ts';

const thing = { $ref: '#/components/schemas/thing' };
const answer = (schema: object) => ({ description: 'prose', content: { 'application/json': { schema, examples: { one: { value: 1 } } } } });

const whole = {
  ...{ openapi: '3.0.3', info: { title: 'A description', version: '1' }, tags: [{ name: 'prose' }] },
  paths: {
    '/things/{name}': {
      get: {
        ...{ operationId: 'things/get', summary: 'prose', tags: ['prose'], parameters: [{ $ref: '#/components/parameters/name' }] },
        responses: { 200: answer(thing), 404: { $ref: '#/components/responses/missing' } },
      },
      delete: { operationId: 'things/delete', responses: { 204: { description: 'prose' } } },
    },
    '/others': { get: { operationId: 'others/list', responses: { 200: answer({ $ref: '#/components/schemas/other' }) } } },
  },
  components: {
    parameters: { name: { name: 'name', in: 'path', required: true, description: 'prose', schema: { type: 'string' } } },
    responses: { missing: { ...answer({ $ref: '#/components/schemas/error' }) } },
    schemas: {
      thing: {
        ...{ type: 'object', title: 'prose', required: ['description', 'parent'] },
        properties: {
          description: { type: 'string', description: 'prose', enum: ['description'] },
          state: { type: 'string', nullable: true, enum: ['open'] },
          parent: { nullable: true, oneOf: [{ $ref: '#/components/schemas/thing' }] },
        },
      },
      error: { type: 'object', properties: { message: { type: 'string', example: 'prose' } } },
      other: { type: 'object' },
    },
  },
};

test('a subset holds the operations that were asked for, what they reach, and no prose', () => {
  const subset = subsetOf(whole, ['things/get']);
  expect(JSON.stringify(subset)).not.toMatch(/prose|others|things\/delete/);
  expect(subset).toMatchObject({
    openapi: '3.0.3',
    paths: { '/things/{name}': { get: { operationId: 'things/get', responses: { 200: { description: '' } } } } },
    components: {
      parameters: { name: { in: 'path' } },
      responses: { missing: { description: '' } },
      schemas: {
        error: { properties: { message: { type: 'string' } } },
        thing: { properties: { description: { enum: ['description'] }, state: { enum: ['open', null] } } },
      },
    },
  });
  expect(Object.keys(Object(subset['components']).schemas)).toEqual(['error', 'thing']);
});

test('a subset is a valid description that validators take, null included', async () => {
  const api = new OpenAPIBackend({ definition: JSON.parse(encodeDescription(subsetOf(whole, ['things/get']))), strict: true });
  await api.init();
  const good = { description: 'description', state: null, parent: null };
  expect(api.validateResponse(good, 'things/get', 200).errors).toBeNull();
  expect(api.validateResponse({ ...good, state: 'shut' }, 'things/get', 200).errors).not.toBeNull();
});

test('an operation or a component that is not there is named', () => {
  expect(() => subsetOf(whole, ['things/get', 'things/put'])).toThrow('things/put');
  expect(() => subsetOf({ ...whole, components: { ...whole.components, responses: {} } }, ['things/get'])).toThrow('responses/missing');
});

test('the stored subset is official, small, and answered in full', async () => {
  const text = readFileSync(join(import.meta.dirname, 'openapi.json'), 'utf8');
  expect(JSON.parse(text).info).toMatchObject({ title: expect.stringContaining("GitHub's official OpenAPI spec"), version: '23.0.2' });
  expect(text.length).toBeLessThan(700_000);
  const { operations } = await officialDescription();
  expect(Object.keys(allHandlers).toSorted()).toEqual([...operations].toSorted());
});
