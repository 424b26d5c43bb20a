import { securePage } from '../../../../cv/src/themes/secure-page';

test.each([
  ['<!doctype html><title>x</title>', '<!doctype html>'],
  ['\n<!DOCTYPE html>\n<html>', '\n<!DOCTYPE html>'],
  ['<!-- by a - b -->\n<!doctype html><html>', '<!-- by a - b -->\n<!doctype html>'],
  ['<?xml version="1.0"?><!doctype html><html>', '<?xml version="1.0"?><!doctype html>'],
  ['<html>', ''],
])('the policy stands behind the doctype of %j, and before all else', (page, before) => {
  const secured = securePage(page);
  expect(secured.startsWith(`${before}<meta charset="utf-8"><meta http-equiv`)).toBe(true);
  expect(secured.endsWith(page.slice(before.length))).toBe(true);
});
