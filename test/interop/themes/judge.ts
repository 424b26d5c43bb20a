import type { Page } from './read-page';

/** What no page may say, since no CV does. */
const SLIPS = /Invalid [Dd]ate|\bundefined\b|\bnull\b|\bNaN\b|\[object Object\]/g;

/** The faults of a page, each once. */
export function faultsOf({ text, links }: Page): string[] {
  const faults = [...text.matchAll(SLIPS)].map(([slip]) => `“${slip}”`);
  for (const { what, to } of links) {
    if (to === '') faults.push(what === 'img src' ? 'empty picture' : 'empty link');
    else if (/^(mailto|tel|https?):(\/\/)?$|undefined|null|NaN|\[object/.test(to)) {
      faults.push(`link to ${to}`);
    }
  }
  if (isThisMonth(text)) faults.push('“Present” is this month');
  return [...new Set(faults)].sort();
}

/** What is in `facts` and not on the page, in the order of `facts`. */
export function missing({ text, links }: Page, facts: Readonly<Record<string, string>>): string[] {
  const flat = inOneLine(text).toLowerCase();
  return Object.entries(facts)
    .filter(([, fact]) =>
      fact.startsWith('→')
        ? !links.some(({ to }) => to.includes(fact.slice(1)))
        : !flat.includes(fact.toLowerCase()),
    )
    .map(([name]) => name);
}

/** Whether these two run together on the page. */
export function glued({ text }: Page, first: string, second: string): boolean {
  return inOneLine(text).includes(first + second);
}

function inOneLine(text: string): string {
  return text.replace(/\s+/g, ' ');
}

function isThisMonth(text: string): boolean {
  const [month, year] = new Date()
    .toLocaleString('en', { month: 'short', year: 'numeric' })
    .split(' ');
  return new RegExp(`\\b${month ?? ''}\\w*,? ${year ?? ''}\\b`).test(text);
}
