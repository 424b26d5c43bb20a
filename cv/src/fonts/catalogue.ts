/** Fonts that can be added by name: Noto Sans, as the registry of npm has it in packages of Google Fonts. */
export interface CatalogueFont {
  name: string;
  /** As the font files say it. */
  family: string;
  /** Scripts, by their Unicode names, that it is for. */
  scripts: readonly string[];
  package: string;
  version: string;
  /** Of the package's tarball, as package-lock.json has it. */
  integrity: string;
}

export const FONT_CATALOGUE: readonly CatalogueFont[] = [
  {
    name: 'arabic',
    family: 'Noto Sans Arabic',
    scripts: ['Arabic'],
    package: '@expo-google-fonts/noto-sans-arabic',
    version: '0.4.3',
    integrity:
      'sha512-YvtxyuegxPegu2g5urXJ+gQxRp8i798nQswTmEjwXOWR/fqy0Gvey6h5IoNRBrc43SxRxPezqCiR9ivpfPAXSg==',
  },
  {
    name: 'armenian',
    family: 'Noto Sans Armenian',
    scripts: ['Armenian'],
    package: '@expo-google-fonts/noto-sans-armenian',
    version: '0.4.2',
    integrity:
      'sha512-AHnwnabRI64hwenSeePxp2TICbYK6Wg56o2y5shFTLWLWzwnPXv30r4LGy6NQYk9PliXizDU9Qeyvob6e3tsgQ==',
  },
  {
    name: 'bengali',
    family: 'Noto Sans Bengali',
    scripts: ['Bengali'],
    package: '@expo-google-fonts/noto-sans-bengali',
    version: '0.4.4',
    integrity:
      'sha512-Ya58tLTEdP4P5EF3ZXTM829/g57mbfW8OrD16MMZr2sC3nIKItl/3J9tZlk1nrtqfFGzIgxb+zt/hLjAaTAQgQ==',
  },
  {
    name: 'chinese-simplified',
    family: 'Noto Sans SC',
    scripts: ['Han', 'Bopomofo'],
    package: '@expo-google-fonts/noto-sans-sc',
    version: '0.4.3',
    integrity:
      'sha512-9rAwdFTFHbO/u6Cs0gj2jZbW74TGIiaFNQnXYH2s5wA1bzVkwbaviL4t8YUV642eGYjg86eH6DkAEQmfNHDncQ==',
  },
  {
    name: 'chinese-traditional',
    family: 'Noto Sans TC',
    scripts: ['Han', 'Bopomofo'],
    package: '@expo-google-fonts/noto-sans-tc',
    version: '0.4.3',
    integrity:
      'sha512-69XAOTLPz0WlAxL6qJEKlDMxHsBd4J1M39HjV0gPF2o1xWVALOsVWvDgistnecVockA9wbU/tH5C/gyS2PdnHg==',
  },
  {
    name: 'devanagari',
    family: 'Noto Sans Devanagari',
    scripts: ['Devanagari'],
    package: '@expo-google-fonts/noto-sans-devanagari',
    version: '0.4.1',
    integrity:
      'sha512-26boYPNKGP1r4R5MxsMAY/zCQOwiXLOJzX8sh1a2oEWyQurQsyniaCv4992c+9jjwshEEt2NNVv5GcnyzaL7QQ==',
  },
  {
    name: 'ethiopic',
    family: 'Noto Sans Ethiopic',
    scripts: ['Ethiopic'],
    package: '@expo-google-fonts/noto-sans-ethiopic',
    version: '0.4.2',
    integrity:
      'sha512-puS0u1/7b0kZ6fqOYaSlCdai8zHuD9CQY2qlyJEtYzUC5Nd1fH3QENmQc0a1Gcqe0q9s3n7440eNJSLK2mGouw==',
  },
  {
    name: 'georgian',
    family: 'Noto Sans Georgian',
    scripts: ['Georgian'],
    package: '@expo-google-fonts/noto-sans-georgian',
    version: '0.4.3',
    integrity:
      'sha512-qvQ/DE/F10hZPD/vYSm68aNWjOLyxGrCC3NzZR3L0RWpo2njqePvNjXcAcR9yvLwrREOmlWGtUD7GTAuIjlkzA==',
  },
  {
    name: 'gujarati',
    family: 'Noto Sans Gujarati',
    scripts: ['Gujarati'],
    package: '@expo-google-fonts/noto-sans-gujarati',
    version: '0.4.2',
    integrity:
      'sha512-KtJySkho6C2Yf28dZx1SYwAs671hncIpBpIlTDzxLv7i7iOFJ2p74nzyP23aY04HUm28ELX7r86Dmui/qpLpMg==',
  },
  {
    name: 'gurmukhi',
    family: 'Noto Sans Gurmukhi',
    scripts: ['Gurmukhi'],
    package: '@expo-google-fonts/noto-sans-gurmukhi',
    version: '0.4.1',
    integrity:
      'sha512-yAaWoUawvVD/50HnZWN1lABWOy9eNcbS3i9bRjoXwEueaoI7E2dTd7liA2BcJ/uTkFUgYWd5QOjIfoCXnTo44Q==',
  },
  {
    name: 'hebrew',
    family: 'Noto Sans Hebrew',
    scripts: ['Hebrew'],
    package: '@expo-google-fonts/noto-sans-hebrew',
    version: '0.4.1',
    integrity:
      'sha512-NR3vP6GT/hSINLrk4JHJBQnuzh/C1mlMrphNlI2dQaO53a3oTjSRoG4JyYb1B6bHadjsGh0wPZbT4kMJBKjT/w==',
  },
  {
    name: 'japanese',
    family: 'Noto Sans JP',
    scripts: ['Han', 'Hiragana', 'Katakana'],
    package: '@expo-google-fonts/noto-sans-jp',
    version: '0.4.3',
    integrity:
      'sha512-Fl+Z6vtD24HFAYsvzB0S9Nery1ly16B9PesdY0wBd+wEHAvkNglnkTUspU0HqGOubkmoa8zusJrKv6vDx1o70A==',
  },
  {
    name: 'kannada',
    family: 'Noto Sans Kannada',
    scripts: ['Kannada'],
    package: '@expo-google-fonts/noto-sans-kannada',
    version: '0.4.3',
    integrity:
      'sha512-nFDeSKVlpCJpd4x4E+W5WwfJVJ5fGN5pa/szOvE9GotDEYTPuhd8SzKYsQ4F2PVbzXRT21jMXxJ70tKPvItuGA==',
  },
  {
    name: 'khmer',
    family: 'Noto Sans Khmer',
    scripts: ['Khmer'],
    package: '@expo-google-fonts/noto-sans-khmer',
    version: '0.4.3',
    integrity:
      'sha512-vBG7J/w4j+tPTPA53a43zb/s/K3AjHRTDbEG4omn/xs4dThknBh4aVRJ4zwROLy7OeZnhQPDkGRUEPAi8C/btg==',
  },
  {
    name: 'korean',
    family: 'Noto Sans KR',
    scripts: ['Hangul', 'Han'],
    package: '@expo-google-fonts/noto-sans-kr',
    version: '0.4.3',
    integrity:
      'sha512-EVS/uJPcf1TgJtjmQmrFr0oGdcl7ml09CSu0E/AyGzR0UfzdR2pBbzWWPsnuzZiGUl643ODYwYiXK5+B+fLjhQ==',
  },
  {
    name: 'lao',
    family: 'Noto Sans Lao',
    scripts: ['Lao'],
    package: '@expo-google-fonts/noto-sans-lao',
    version: '0.4.2',
    integrity:
      'sha512-gM/grIG03BWSk8lqiR1IC7WHpGH/8TrvwU0ZjEvs236YiN0LK2qQythq6lqcJbENo/0HMxdk13n35yhqnHVJ8g==',
  },
  {
    name: 'malayalam',
    family: 'Noto Sans Malayalam',
    scripts: ['Malayalam'],
    package: '@expo-google-fonts/noto-sans-malayalam',
    version: '0.4.2',
    integrity:
      'sha512-TZfS4nKhsQftD4nJr5R4fOO7EKe0L5RAscmYehignHr5JJVzW49Nxom0w0rnmHDU2iV3zWIOeyx3rN3bkHGI0A==',
  },
  {
    name: 'myanmar',
    family: 'Noto Sans Myanmar',
    scripts: ['Myanmar'],
    package: '@expo-google-fonts/noto-sans-myanmar',
    version: '0.4.2',
    integrity:
      'sha512-qG8DHmy+7xFvW5z8lN3r5jjEXoQBhjpjoxXR/Y8/WcywirPIBZnFpAy5IlwCRSobJdCw3+i7gvmIz1bl6mp7bg==',
  },
  {
    name: 'odia',
    family: 'Noto Sans Oriya',
    scripts: ['Oriya'],
    package: '@expo-google-fonts/noto-sans-oriya',
    version: '0.4.2',
    integrity:
      'sha512-sKGcpny4wTSs3ooReAN2Nrore5tkVtEdgBkDN2qsxubpY2UBmtrE+DOQSYLq0zqkiH5rtIuQJwr0GcLXH3DbaQ==',
  },
  {
    name: 'sinhala',
    family: 'Noto Sans Sinhala',
    scripts: ['Sinhala'],
    package: '@expo-google-fonts/noto-sans-sinhala',
    version: '0.4.2',
    integrity:
      'sha512-pczEE8p3aAvnMuVSppyW8d9dqlg9wxr8R3BfEUB9qPQHAWlR9TsSlaGbF/G/j8k4fSU21swf+v5p4BeTuFeMtA==',
  },
  {
    name: 'tamil',
    family: 'Noto Sans Tamil',
    scripts: ['Tamil'],
    package: '@expo-google-fonts/noto-sans-tamil',
    version: '0.4.3',
    integrity:
      'sha512-1TBkwJ8gJPnt1UIC+um987hYb/QmRDATGKbtwDW6dajISxr8b7+EVjwMESMJaQxfNS8VWE4IBT2jYmpBGw4D+w==',
  },
  {
    name: 'telugu',
    family: 'Noto Sans Telugu',
    scripts: ['Telugu'],
    package: '@expo-google-fonts/noto-sans-telugu',
    version: '0.4.2',
    integrity:
      'sha512-t5wZI1/2u69ugVr2v9P4Qqt9BHHwDQ/26+1p9MLrwf1lNSW64Mw16AIRzGWIOcRMd0drYWeZzZO1DqoFts3KiA==',
  },
  {
    name: 'thai',
    family: 'Noto Sans Thai',
    scripts: ['Thai'],
    package: '@expo-google-fonts/noto-sans-thai',
    version: '0.4.2',
    integrity:
      'sha512-PGBBBDGfJJ/5y2hNweLBZWD4YmVT4uOO4chsOPXyl0TktaBJamDKVKv/WbGiDTeBGdkegLiytsWo+lhnkHP5qA==',
  },
];
