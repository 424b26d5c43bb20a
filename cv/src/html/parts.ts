import { type Content, markup, type Markup } from './markup';

/** A section under its heading, or beside it where there is room; nothing where it has no content. */
export function section(
  id: string,
  title: string,
  contents: readonly Markup[],
  beside = true,
): Markup {
  if (contents.length === 0) return markup``;
  return markup`<section aria-labelledby="${id}" class="${beside && 'beside'}">
    <h2 id="${id}" lang="en">${title}</h2>
    <div>${contents}</div>
  </section>`;
}

/** A section of entries, which have their times where its heading would be beside them. */
export function entries(id: string, title: string, items: readonly Entry[]): Markup {
  const beside = items.every(({ when }) => when === undefined);
  return section(id, title, items.map(entry), beside);
}

/** One entry of a section: what it is, of whom, when, and what there is to say. */
export interface Entry {
  /** Its microformat: `p-experience h-event`. */
  className?: string;
  title: Content;
  /** Where or by whom. */
  of?: Content;
  when?: Content;
  texts?: readonly (string | undefined)[];
  points?: readonly string[] | undefined;
  tags?: readonly string[] | undefined;
  /** What the tags are. */
  tagged?: string;
}

function entry({ className = '', title, of, when, ...more }: Entry): Markup {
  const { texts = [], points = [], tags = [], tagged = 'Technologies' } = more;
  return markup`<article class="entry ${className}">
    ${when !== undefined && markup`<p class="when">${when}</p>`}
    <div>
      <h3 class="p-name">${title}</h3>
      ${isGiven(of) && markup`<p class="of">${of}</p>`} ${texts.map((text) => paragraphs(text))}
      ${
        points.length > 0 &&
        markup`<ul class="points">
          ${points.map((point) => markup`<li>${point}</li>`)}
        </ul>`
      }
      ${
        tags.length > 0 &&
        markup`<ul class="tags" title="${tagged}">
          ${tags.map((tag) => markup`<li>${tag}</li>`)}
        </ul>`
      }
    </div>
  </article>`;
}

/** A text with its paragraphs and line breaks. */
export function paragraphs(text: string | undefined): Content {
  const parts = (text ?? '').split(/\n\s*\n/).filter((part) => part.trim() !== '');
  return parts.map((part) => {
    const lines = part.trim().split('\n');
    return markup`<p>${lines.map((line, index) => markup`${index > 0 && markup`<br />`}${line}`)}</p>`;
  });
}

/** A link to a web address; only the text where there is none. */
export function link(url: string | undefined, text: string, className = 'u-url', rel = ''): Markup {
  if (url === undefined || !isWeb(url)) return markup`${text}`;
  const relation = `${rel} noopener noreferrer`.trim();
  return markup`<a class="${className}" href="${url}" rel="${relation}">${text}</a>`;
}

export function isWeb(url: string): boolean {
  return /^https?:\/\//i.test(url);
}

/** What is given of it, with a separator between. */
export function joined(contents: readonly Content[], separator = ' · '): Content {
  return contents
    .filter(isGiven)
    .map((content, index) => (index === 0 ? content : [separator, content]));
}

function isGiven(content: Content): boolean {
  if (content === undefined || content === false || content === '') return false;
  return !Array.isArray(content) || content.some(isGiven);
}
