import type { CvDocument } from '../cv-document';
import { profilesOf } from '../profiles';
import { markup, type Content, type Markup } from './markup';
import { isWeb, link } from './parts';
import { shownAddress } from '../sections/uri';

/** Who it is, and how to reach them. */
export function header(cv: CvDocument): Markup {
  const { name, title, image } = cv.personalInfo;
  const ways = [...contact(cv), ...profiles(cv)];
  return markup`<header class="p-contact h-card">
    ${image !== undefined && isPicture(image) && markup`<img class="u-photo" src="${image}" alt="" width="112" height="112" referrerpolicy="no-referrer" />`}
    <div>
      <h1 class="p-name">${name ?? 'Curriculum Vitae'}</h1>
      ${title !== undefined && markup`<p class="label p-job-title">${title}</p>`}
      ${
        ways.length > 0 &&
        markup`<ul class="contact">
          ${ways.map((way) => markup`<li>${way}</li>`)}
        </ul>`
      }
    </div>
  </header>`;
}

function contact({ personalInfo: { email, phone, location, website } }: CvDocument): Content[] {
  const ways: Content[] = [];
  if (email !== undefined && email !== '') {
    const address = encodeURIComponent(email).replace('%40', '@');
    ways.push(markup`<a class="u-email" href="mailto:${address}">${email}</a>`);
  }
  if (phone !== undefined) ways.push(telephone(phone));
  if (location !== undefined) ways.push(markup`<span class="p-locality">${location}</span>`);
  if (website !== undefined) ways.push(link(website, shownAddress(website), 'u-url', 'me'));
  return ways;
}

function telephone(phone: string): Markup {
  const digits = phone.replace(/[^\d+]/g, '');
  if (!/^\+?\d{3,}$/.test(digits)) return markup`<span class="p-tel">${phone}</span>`;
  return markup`<a class="p-tel" href="tel:${digits}">${phone}</a>`;
}

function profiles(cv: CvDocument): Content[] {
  return profilesOf(cv).map(({ network, username, url, counts }) => {
    const text = username ?? (url === undefined ? '' : shownAddress(url));
    const facts = Object.entries(counts).map(([what, value]) =>
      typeof value === 'number'
        ? `${value.toLocaleString('en')} ${what}`
        : `${what}: ${value ?? ''}`,
    );
    return markup`<span class="network">${network}</span> ${link(url, text, 'u-url', 'me')}${
      facts.length > 0 && markup` <span class="soft">(${facts.join(', ')})</span>`
    }`;
  });
}

function isPicture(image: string): boolean {
  return isWeb(image) || /^data:image\/(jpeg|png);base64,/.test(image);
}
