import { isSuccess } from '@careerhooks/systems';

test.each([200, 201, 202, 204, 299])('%d is a success', (status) => {
  expect(isSuccess(status)).toBe(true);
});

test.each([0, 100, 199, 300, 301, 302, 304, 400, 410, 429, 500, 503, NaN])(
  '%d is a failure',
  (status) => {
    expect(isSuccess(status)).toBe(false);
  },
);
