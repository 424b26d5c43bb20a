/** Text that is HTML already. */
export class Markup {
  constructor(readonly html: string) {}
}

/** What a template takes; what is not given, and `false`, is nothing. */
export type Content = Markup | string | number | false | undefined | readonly Content[];

/** A template of HTML in which all that is put in is escaped, unless it is such a template itself. */
export function markup(parts: TemplateStringsArray, ...contents: readonly Content[]): Markup {
  return new Markup(parts.map((part, index) => part + asHtml(contents[index])).join(''));
}

function asHtml(content: Content): string {
  if (content === undefined || content === false) return '';
  if (content instanceof Markup) return content.html;
  if (typeof content === 'object') return content.map(asHtml).join('');
  return String(content).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
