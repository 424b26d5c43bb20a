/** The page's style: one column that becomes two where there is room, light or dark, and A4 on paper. */
export const STYLE = `:root{color-scheme:light dark;--text:#1c2430;--soft:#566072;--line:#d8dde5;--accent:#0b6b63;--paper:#fff;--ground:#f2f4f7;--tag:#e9f1f0}
@media (prefers-color-scheme:dark){:root{--text:#e6e9ef;--soft:#a5aebd;--line:#343c49;--accent:#6fd3c6;--paper:#171c24;--ground:#0e1218;--tag:#22312f}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--text);font:1rem/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;overflow-wrap:anywhere}
main{max-width:56rem;margin:0 auto;background:var(--paper);padding:1.5rem 1.25rem 2.5rem}
h1,h2,h3,p,ul,dl,dd,figure,blockquote{margin:0;padding:0}
p,li,h1,h2,h3,dt{unicode-bidi:plaintext}
ul{list-style:none}
a{color:var(--accent);text-decoration-thickness:.06em;text-underline-offset:.18em}
a:focus-visible{outline:3px solid var(--accent);outline-offset:2px;border-radius:2px}
header{display:flex;flex-wrap:wrap;gap:1.25rem;align-items:center;padding-bottom:1.25rem;border-bottom:3px solid var(--accent)}
header>div{flex:1 1 16rem}
.u-photo{width:7rem;height:7rem;border-radius:50%;object-fit:cover;background:var(--tag)}
h1{font-size:clamp(1.8rem,6vw,2.5rem);line-height:1.15;letter-spacing:-.02em}
.label{font-size:1.15rem;color:var(--accent);margin-top:.2rem}
.contact{display:flex;flex-wrap:wrap;gap:.2rem 1.25rem;margin-top:.75rem;font-size:.95rem}
.network,.soft{color:var(--soft);font-weight:400}
h2{font-size:.85rem;text-transform:uppercase;color:var(--accent);margin-bottom:.75rem}
section{padding-top:1.75rem}
.entry+.entry{margin-top:1.35rem}
h3,dt,figcaption{font-size:1.05rem;font-weight:650;line-height:1.35}
.of{color:var(--soft)}
.when{color:var(--soft);font-size:.9rem;font-variant-numeric:tabular-nums}
.entry p+p,.entry div>p:not(.of),.p-summary p+p,blockquote p+p{margin-top:.45rem}
.points{margin-top:.45rem;padding-inline-start:1.15rem;list-style:disc}
.points li+li{margin-top:.2rem}
.points li::marker{color:var(--accent)}
.tags{display:flex;flex-wrap:wrap;gap:.35rem;margin-top:.6rem;font-size:.85rem}
.tags li{background:var(--tag);border-radius:.35rem;padding:.1rem .55rem}
dl>div+div{margin-top:.9rem}
dd .tags{margin-top:.3rem}
.row{display:flex;flex-wrap:wrap;gap:.35rem 2rem}
figure+figure{margin-top:1rem}
blockquote{border-inline-start:3px solid var(--line);padding-inline-start:1rem;font-style:italic}
figcaption{margin-top:.35rem}
@media (min-width:48rem){body{padding:2rem 1rem}main{padding:2.75rem 3rem 3.25rem;border-radius:.75rem;box-shadow:0 1px 3px rgb(0 0 0/.12)}
.entry,dl>div,.beside{display:grid;grid-template-columns:10.5rem 1fr;gap:0 1.5rem}.entry>div{grid-column:2}.beside .entry{display:block}.beside h2{padding-top:.2rem;margin:0}.when{padding-top:.15rem}dd .tags{margin-top:0}}
@media print{@page{size:A4;margin:16mm}:root{color-scheme:light;--text:#000;--soft:#444;--line:#bbb;--accent:#0b5a53;--paper:#fff;--ground:#fff;--tag:#fff}
body{padding:0;font-size:10pt}main{max-width:none;padding:0;box-shadow:none}section{padding-top:5mm}
h2,h3,.of{break-after:avoid}.entry,figure,dl>div{break-inside:avoid}.tags li{border:.5pt solid var(--line)}a{color:inherit;text-decoration:none}
.entry,dl>div,.beside{display:grid;grid-template-columns:37mm 1fr;gap:0 5mm}.entry>div{grid-column:2}.beside .entry{display:block}}
`;
