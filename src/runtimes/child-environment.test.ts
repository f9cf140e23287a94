import { expect, test } from 'vitest';
import { installEnvironment, probeEnvironment } from './child-environment.ts';

const caller = {
  HOME: '/home/a',
  PATH: '/bin',
  LANG: 'C.UTF-8',
  PIP_INDEX_URL: 'https://index.example/simple',
  UV_DEFAULT_INDEX: 'https://index.example/simple',
  HTTPS_PROXY: 'http://proxy:3128',
  https_proxy: 'http://proxy:3128',
  SSL_CERT_FILE: '/etc/ca.pem',
  REQUESTS_CA_BUNDLE: '/etc/ca.pem',
  GITHUB_TOKEN: 'canary',
  INPUT_GITHUB_TOKEN: 'canary',
  'INPUT_GITHUB-TOKEN': 'canary',
  ACTIONS_RUNTIME_TOKEN: 'canary',
  ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'canary',
  UV_PUBLISH_TOKEN: 'canary',
  UV_PUBLISH_PASSWORD: 'canary',
  NODE_OPTIONS: '--require=canary',
  LD_PRELOAD: 'canary',
  PYTHONPATH: 'canary',
  PIP_TARGET: 'canary',
  PIP_USER: 'canary',
  UV_SYSTEM_PYTHON: 'canary',
  UV_PYTHON: 'canary',
  VIRTUAL_ENV: 'canary',
};

test('a probe gets what an interpreter needs to start, and nothing else', () => {
  const environment = probeEnvironment(caller, { LD_LIBRARY_PATH: '/x/lib' });
  expect(environment).toEqual({ HOME: '/home/a', PATH: '/bin', LANG: 'C.UTF-8', LD_LIBRARY_PATH: '/x/lib' });
});

test('an installer gets the way to the index, and neither tokens nor settings that install elsewhere', () => {
  const environment = installEnvironment(caller);
  expect(Object.values(environment).join(' ')).not.toContain('canary');
  expect(environment).toMatchObject({
    PIP_INDEX_URL: caller.PIP_INDEX_URL,
    UV_DEFAULT_INDEX: caller.UV_DEFAULT_INDEX,
    HTTPS_PROXY: caller.HTTPS_PROXY,
    https_proxy: caller.https_proxy,
    SSL_CERT_FILE: caller.SSL_CERT_FILE,
    REQUESTS_CA_BUNDLE: caller.REQUESTS_CA_BUNDLE,
  });
});

test("the user's own number of retries wins over ours, and an absent variable stays absent", () => {
  expect(installEnvironment({ PIP_RETRIES: '9', HOME: undefined })).toEqual({ PIP_RETRIES: '9', UV_HTTP_RETRIES: '2' });
});
