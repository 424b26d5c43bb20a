import { createRequire } from 'node:module';
import { join } from 'node:path';
import { findProgram } from '../../interop/support/programs';
import { installN8n } from './install-n8n';

/** What tests need of Playwright, which n8n brings along. */
export interface Page {
  goto(url: string): Promise<unknown>;
  goBack(): Promise<unknown>;
  url(): string;
  fill(selector: string, text: string): Promise<void>;
  click(selector: string): Promise<void>;
  dblclick(selector: string): Promise<void>;
  dragAndDrop(source: string, target: string): Promise<void>;
  check(selector: string): Promise<void>;
  selectOption(selector: string, value: string): Promise<unknown>;
  waitForSelector(selector: string): Promise<unknown>;
  waitForURL(url: RegExp): Promise<void>;
  waitForTimeout(milliseconds: number): Promise<void>;
  inputValue(selector: string): Promise<string>;
  textContent(selector: string): Promise<string | null>;
  isVisible(selector: string): Promise<boolean>;
  evaluate<Result>(script: string): Promise<Result>;
  screenshot(options: { path: string; fullPage: boolean }): Promise<unknown>;
  setViewportSize(size: { width: number; height: number }): Promise<void>;
  keyboard: { press(key: string): Promise<void>; type(text: string): Promise<void> };
  on(event: 'console', listener: (message: { type(): string; text(): string }) => void): void;
  on(event: 'pageerror', listener: (error: Error) => void): void;
  on(event: 'request', listener: (request: { method(): string; url(): string }) => void): void;
}

interface Context {
  newPage(): Promise<Page>;
  close(): Promise<void>;
}

/** A Chromium; each context of it knows nothing of the others. */
export interface Browser {
  newContext(options?: {
    javaScriptEnabled?: boolean;
    colorScheme?: 'dark' | 'light';
    permissions?: string[];
  }): Promise<Context>;
  close(): Promise<void>;
}

interface Playwright {
  chromium: {
    launch(options: { executablePath: string | undefined; args: string[] }): Promise<Browser>;
  };
}

/** Starts Debian's Chromium, or the one at `CHROMIUM_PATH`; `hooks.example.com` is this machine to it. */
export async function startBrowser(): Promise<Browser> {
  const { modules } = await installN8n((line) => process.stderr.write(`${line}\n`));
  const { chromium } = createRequire(join(modules, 'n8n/'))('playwright-core') as Playwright;
  return chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? findProgram('chromium'),
    args: ['--no-sandbox', '--host-resolver-rules=MAP hooks.example.com 127.0.0.1'],
  });
}
