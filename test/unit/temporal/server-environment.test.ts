import { serverEnvironment } from '../../../temporal/src/server-environment';

test('a user without a name and a home gets both', () => {
  expect(serverEnvironment({ PATH: '/bin' }, '/data')).toEqual({
    PATH: '/bin',
    USER: 'careerhooks',
    HOME: '/data',
  });
  expect(serverEnvironment({ USER: '', HOME: '' }, '/data')).toEqual({
    USER: 'careerhooks',
    HOME: '/data',
  });
});

test('one that has them keeps them', () => {
  const env = { USER: 'ada', HOME: '/home/ada' };
  expect(serverEnvironment(env, '/data')).toEqual(env);
});
