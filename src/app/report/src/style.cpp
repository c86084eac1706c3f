// Colours keep a contrast of 4.5 to their ground for text and 3 for signs, on light and dark, and stay apart for the
// colour-blind: blue, orange, and purple-red, each with a sign of its own.

#include "style.hpp"

namespace leaven::report {
namespace {

constexpr std::string_view looks = R"css(
:root {
  color-scheme: light dark; --paper: #f6f7f9; --card: #ffffff; --ink: #17202c; --quiet: #556172; --rule: #dfe4ea;
  --faint: #eef1f5; --accent: #0b5cad; --accent-soft: #e7f0fa; --down: #a64b00; --delete: #9d1c5a; --good: #11693c;
  --open: #9c3b00; --wild: #7b8796; --wild-fill: #7b879626; --best-fill: #0b5cad2e;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --paper: #0e131a; --card: #161d27; --ink: #e7ecf3; --quiet: #a5b1c1; --rule: #2b3644; --faint: #1c2531;
    --accent: #74b6ff; --accent-soft: #16283d; --down: #ffb066; --delete: #ff9ac4; --good: #6fd39b; --open: #ffb38a;
    --wild: #93a0b1; --wild-fill: #93a0b126; --best-fill: #74b6ff33;
  }
}
* { box-sizing: border-box; }
html { scroll-padding-top: 1.5rem; -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
@media (prefers-reduced-motion: no-preference) {
  html { scroll-behavior: smooth; }
}
body {
  margin: 0; background: var(--paper); color: var(--ink);
  font: 400 1rem/1.65 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Helvetica Neue",Arial,"PingFang SC",
    "Hiragino Sans GB","Microsoft YaHei","Noto Sans CJK SC","Source Han Sans SC",sans-serif;
  font-variant-numeric: lining-nums; overflow-wrap: break-word;
}
[lang|=zh] { line-break: strict; text-spacing-trim: space-first; }
.t[lang|=zh] { line-height: 1.75; }
a { color: var(--accent); text-underline-offset: .18em; text-decoration-thickness: 1px; }
a:focus-visible, summary:focus-visible, .scroll:focus-visible {
  outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 4px;
}
h1 {
  font-size: clamp(1.7rem,1.2rem + 2.2vw,2.6rem); line-height: 1.2; letter-spacing: -.015em; font-weight: 680;
  margin: .2em 0 .1em; text-wrap: balance;
}
h2 { font-size: 1.4rem; line-height: 1.3; font-weight: 660; letter-spacing: -.008em; margin: 0 0 .6em; }
h3 { font-size: 1.05rem; font-weight: 650; margin: 2em 0 .4em; }
p { margin: .6em 0; max-width: 68ch; }
code, pre, .hash, .equation {
  font-family: ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace; font-size: .88em;
}
small { font-size: .8rem; color: var(--quiet); font-weight: 400; display: block; line-height: 1.4; }
.hash { overflow-wrap: anywhere; color: var(--quiet); }
.q { white-space: nowrap; }
.unit { font-size: .86em; color: var(--quiet); margin-left: .06em; }
.named i { font-style: italic; }
.id, .where { color: var(--quiet); }
.good { color: var(--good); }
.open { color: var(--open); }
.small { font-size: .9rem; color: var(--quiet); }
.hidden, .languages input, .zoom {
  position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%);
  white-space: nowrap;
}
.skip { position: absolute; left: -999px; }
.skip:focus { left: 1rem; top: 1rem; z-index: 9; background: var(--card); padding: .5rem 1rem; border-radius: 6px; }
header, nav, main { width: min(100% - 2rem,56rem); margin-inline: auto; }
header { padding: 1.2rem 0 1.6rem; }
.bar {
  display: flex; flex-wrap: wrap; gap: .6rem 1rem; align-items: center; justify-content: space-between;
  margin-bottom: 2rem;
}
.brand { margin: 0; color: var(--quiet); font-size: .95rem; }
.brand strong { color: var(--ink); }
.subtitle { color: var(--quiet); margin: .2em 0 0; font-size: 1.05rem; }
.languages {
  border: 1px solid var(--rule); border-radius: 999px; padding: 3px; margin: 0; display: flex;
  background: var(--card); position: relative;
}
.languages label {
  padding: .2rem .9rem; border-radius: 999px; cursor: pointer; font-size: .92rem; color: var(--quiet);
}
.languages input:checked + label { background: var(--accent); color: var(--card); font-weight: 600; }
.languages input:focus-visible + label { outline: 3px solid var(--accent); outline-offset: 2px; }
nav { font-size: .92rem; margin-bottom: 1.4rem; }
nav h2 { font-size: .8rem; font-weight: 600; color: var(--quiet); margin: 0 0 .4rem; }
nav ol { list-style: none; margin: 0; padding: 0; display: flex; flex-wrap: wrap; gap: .2rem 1.1rem; }
nav a { color: var(--quiet); text-decoration: none; display: inline-block; padding: .15rem 0; }
nav a:hover { color: var(--accent); text-decoration: underline; }
main { padding-bottom: 4rem; }
section {
  background: var(--card); border: 1px solid var(--rule); border-radius: 14px;
  padding: clamp(1.1rem,.6rem + 2vw,2.2rem); margin: 0 0 1.4rem;
}
.answer { border-top: 5px solid var(--accent); }
.kicker { font-size: .9rem; font-weight: 600; color: var(--accent); letter-spacing: .02em; margin-bottom: .5rem; }
.headline {
  font-size: clamp(1.25rem,1.05rem + 1vw,1.7rem); line-height: 1.42; font-weight: 560; letter-spacing: -.008em;
  margin: 0 0 1.3rem; max-width: 38em;
}
.headline .id { font-weight: 400; }
.tiles {
  display: grid; grid-template-columns: repeat(auto-fit,minmax(min(7.6rem,100%),1fr)); gap: 1.1rem 1.6rem;
  margin: 0 0 1.4rem; padding: 1.2rem 0; border-block: 1px solid var(--rule);
}
.tile dt { font-size: .88rem; color: var(--quiet); }
.tile dd { margin: 0; }
.tile .value {
  display: block; font-size: 1.6rem; font-weight: 640; letter-spacing: -.02em; line-height: 1.35;
  font-variant-numeric: tabular-nums;
}
.tile .value .q { white-space: normal; }
.tile .value .unit { display: inline-block; font-size: .55em; font-weight: 500; letter-spacing: 0; }
.tile .under { font-size: .86rem; color: var(--quiet); display: block; line-height: 1.5; }
.tile .under .unit { font-size: 1em; }
.meter {
  display: block; height: 6px; border-radius: 3px; background: var(--rule); margin: .35rem 0 .45rem; max-width: 11rem;
  overflow: hidden;
}
.meter span { display: block; height: 100%; background: var(--accent); border-radius: 3px; }
.checks { list-style: none; margin: 0; padding: 0; color: var(--ink); }
.checks li { position: relative; padding-left: 1.7em; margin: .45em 0; color: var(--ink); max-width: 68ch; }
.checks li::before { content: "✓"; position: absolute; left: .1em; font-weight: 700; color: var(--good); }
.checks li.open::before { content: "!"; left: .35em; color: var(--open); }
figure { margin: 1.2rem 0 1rem; }
figcaption { font-size: .92rem; color: var(--quiet); margin-top: .6rem; max-width: 68ch; }
.legend {
  display: flex; flex-wrap: wrap; gap: .3rem 1.2rem; align-items: center; font-size: .92rem; margin: 0 0 .4rem;
}
.key {
  display: inline-block; width: 1.7em; height: .9em; border: 2px solid; border-radius: 3px; margin-right: -.7rem;
}
.key.wild { border-color: var(--wild); border-style: dashed; background: var(--wild-fill); }
.key.best { border-color: var(--accent); background: var(--best-fill); }
.plot { display: block; width: 100%; height: auto; }
.plot.narrow { display: none; }
.plot text { font-size: 14px; fill: var(--quiet); font-variant-numeric: tabular-nums; }
.plot .grid { stroke: var(--rule); stroke-width: 1; }
.plot .tick.x { text-anchor: middle; }
.plot .tick.y { text-anchor: end; }
.plot .axis { fill: var(--ink); }
.plot .axis.x { text-anchor: end; }
.plot polygon { stroke-width: 2.5; stroke-linejoin: round; }
.plot .wild { fill: var(--wild-fill); stroke: var(--wild); stroke-dasharray: 7 5; }
.plot .best { fill: var(--best-fill); stroke: var(--accent); }
.plot .mark.best { fill: var(--accent); stroke: var(--card); stroke-width: 2; }
.plot .range { stroke-width: 5; stroke-linecap: round; stroke: var(--accent); }
.plot .name {
  text-anchor: end; fill: var(--ink); font-weight: 600; paint-order: stroke; stroke: var(--card); stroke-width: 5;
  stroke-linejoin: round;
}
.construct .strand { stroke: var(--ink); stroke-width: 2; }
.construct .sign { fill: none; stroke: var(--ink); stroke-width: 2.5; }
.construct .tip, .construct .solid { fill: var(--ink); }
.construct .gene { fill: var(--accent-soft); stroke: var(--accent); stroke-width: 2; stroke-linejoin: round; }
.construct .vector { fill: var(--card); stroke: var(--wild); stroke-width: 2.5; }
.plot .part { text-anchor: middle; font-size: 13px; }
.plot .part.gene-name { fill: var(--ink); font-style: italic; font-weight: 600; }
.construct .joint { stroke: var(--down); stroke-width: 1.5; stroke-dasharray: 3 3; }
.plot .joint-number { text-anchor: middle; font-size: 13px; font-weight: 650; fill: var(--down); }
.joints { list-style: none; display: flex; flex-wrap: wrap; gap: .1rem 1.2rem; font-size: .9rem; margin: .4rem 0 0; }
.joints .joint-number { color: var(--down); font-weight: 650; }
.scroll { overflow-x: auto; margin: 1rem 0; max-width: 100%; }
table { border-collapse: collapse; width: 100%; font-size: .94rem; font-variant-numeric: tabular-nums; }
caption { text-align: left; color: var(--quiet); font-size: .9rem; padding: 0 0 .5rem; }
.stay { position: sticky; left: 0; display: inline-block; max-width: min(100%,100vw - 5rem); }
th, td { padding: .5rem .9rem .5rem 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--rule); }
th:last-child, td:last-child { padding-right: 0; }
thead th {
  font-weight: 600; font-size: .86rem; color: var(--quiet); border-bottom: 2px solid var(--rule);
  vertical-align: bottom; line-height: 1.35;
}
tbody th { font-weight: 500; }
th .t, td .t { white-space: normal; }
.n { text-align: right; white-space: nowrap; }
td code, th code { overflow-wrap: normal; }
td code.bases { overflow-wrap: anywhere; display: inline-block; min-width: 15rem; }
td .prose { min-width: 15rem; }
td .good, td .open, .word { white-space: nowrap; }
tr.reference th, tr.reference td { color: var(--quiet); }
tr:target th, tr:target td { background: var(--accent-soft); }
#design-table tbody tr[id="design-1"] th, #design-table tbody tr[id="design-1"] td { background: var(--accent-soft); }
#design-table th:first-child, #certificate-table th:first-child { padding-left: .5rem; }
#design-table td:nth-child(2), #certificate-table td:nth-child(2) { min-width: 9rem; }
#certificate-table td:nth-child(3) { white-space: nowrap; }
#certificate-table td:nth-child(3) .t { white-space: nowrap; }
#design-table td a { white-space: nowrap; }
.dense { font-size: .86rem; }
.dense th, .dense td { padding-block: .22rem; }
.equation { display: inline-block; min-width: 13rem; }
sub { font-size: .75em; line-height: 0; }
.chip {
  display: inline-block; border: 1px solid var(--rule); border-radius: 999px; padding: 0 .6em; font-size: .86em;
  white-space: nowrap; background: var(--card);
}
.chip.strong { border-color: var(--accent); color: var(--accent); font-weight: 600; }
.bars { list-style: none; margin: .4rem 0 0; padding: 0; font-size: .94rem; }
.bars li {
  display: grid; grid-template-columns: minmax(0,1.3fr) minmax(0,1fr) 7rem; gap: .2rem 1rem; align-items: center;
  padding: .22rem 0;
}
.bars .what { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.bars .name { color: var(--quiet); }
.bars wbr { display: none; }
.bars small { overflow: hidden; text-overflow: ellipsis; }
.bars .score { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.track { display: block; height: .85rem; background: var(--faint); border-radius: 3px; }
.bar.up, .bar.down, .bar.delete { display: block; height: 100%; border-radius: 3px; min-width: 2px; margin: 0; }
.bar.up { background: var(--accent); }
.bar.down { background: repeating-linear-gradient(135deg,var(--down) 0 6px,transparent 6px 9px); }
.bar.delete { background: var(--delete); }
.sign.up { color: var(--accent); }
.sign.down { color: var(--down); }
.sign.delete { color: var(--delete); }
.targets h3 { margin-top: 1.4em; }
details { margin: 1rem 0 0; border-top: 1px solid var(--rule); padding-top: .7rem; }
summary { cursor: pointer; color: var(--accent); font-size: .94rem; width: fit-content; }
.map { position: relative; margin-inline: calc(-1*clamp(.5rem,1.6vw,1.6rem)); }
.map>figcaption, .map>label { margin-inline: clamp(.5rem,1.6vw,1.6rem); }
.map label {
  display: inline-block; border: 1px solid var(--rule); border-radius: 999px; padding: .15rem .9rem; font-size: .9rem;
  cursor: pointer; color: var(--accent); margin-bottom: .4rem;
}
.zoom:checked + label { background: var(--accent); color: var(--card); }
.zoom:focus-visible + label { outline: 3px solid var(--accent); outline-offset: 2px; }
.map .scroll { border: 1px solid var(--rule); border-radius: 10px; max-height: 92vh; overflow: auto; margin: 0; }
.map .flux-map { display: block; width: 100%; min-width: 40rem; height: auto; --fm-paper: var(--card); }
.zoom:checked ~ .scroll .flux-map { width: 280%; max-width: none; }
.zoom:checked ~ .scroll .flux-map text:not(.minor) { font-size: 6px; }
.zoom:not(:checked) ~ .scroll .minor { display: none; }
.facts { margin: 0; }
.facts div {
  display: grid; grid-template-columns: 9rem minmax(0,1fr); gap: .2rem 1rem; padding: .5rem 0;
  border-bottom: 1px solid var(--rule);
}
.facts dt { color: var(--quiet); }
.facts dd { margin: 0; }
section ul:not(.checks), .citations { padding-left: 1.3em; max-width: 68ch; }
section ul.joints { padding: 0; max-width: none; }
li { margin: .3em 0; }
pre { background: var(--faint); border-radius: 8px; padding: .9rem 1rem; margin: .6rem 0 1rem; line-height: 1.7; }
html:has(#lang-en:checked) .t[lang|=zh], html:has(#lang-zh:checked) .t[lang=en] { display: none; }
@supports not selector(:has(*)) {
  html[lang=en] .t[lang|=zh], html[lang|=zh] .t[lang=en] { display: none; }
}
@media (min-width: 78rem) {
  body {
    display: grid; grid-template-columns: 12rem minmax(0,60rem); justify-content: center; column-gap: 3rem;
    grid-template-rows: auto 1fr; padding-inline: 2rem;
  }
  header, main { grid-column: 2; width: auto; margin: 0; }
  nav { grid-column: 1; grid-row: 1/3; width: auto; margin: 0; padding-top: 6.4rem; }
  nav ol { position: sticky; display: block; }
  nav h2 { position: sticky; top: 1.6rem; }
  nav ol { top: 3.4rem; }
  nav li { margin: 0; border-left: 2px solid var(--rule); }
  nav a { padding: .28rem 0 .28rem .9rem; }
  nav li:hover { border-color: var(--accent); }
}
@media screen and (max-width: 40rem) {
  .plot.wide { display: none; }
  .plot.narrow { display: block; }
  .bars li { grid-template-columns: minmax(0,1fr) auto; padding: .45rem 0; }
  .bars .what { white-space: normal; }
  .bars .track { grid-column: 1/3; grid-row: 2; }
  .facts div { grid-template-columns: 1fr; }
  table { font-size: .88rem; }
}
@page { size: A4; margin: 15mm 14mm 16mm; }
@media print {
  html { font-size: 9.6pt; }
  body { background: #fff; line-height: 1.5; }
  .plot.wide { max-width: 135mm; }
  header, main { width: auto; }
  nav, .languages, .map label, .skip { display: none; }
  header { padding: 0 0 1rem; }
  .bar { margin-bottom: 1rem; }
  section { border: 0; border-radius: 0; padding: 0; margin: 0 0 1.6em; }
  .answer { border-top: 3px solid var(--accent); padding-top: 1em; }
  h2, h3, caption { break-after: avoid; }
  tr, li, .tile, figure { break-inside: avoid; }
  thead { display: table-header-group; break-after: avoid; }
  .headline { font-size: 14pt; }
  .tile .value { font-size: 13.5pt; }
  .tiles { grid-template-columns: repeat(4,1fr); }
  .scroll, .map .scroll { overflow: visible; max-height: none; }
  .map .scroll { border: 0; }
  .map .flux-map { min-width: 0; width: 100% !important; max-height: 225mm; }
  .minor { display: none; }
  table { font-size: .88rem; }
  th, td { padding: .28em .6em .28em 0; }
  .bars li { padding: .1rem 0; }
  .targets h3 { margin-top: .9em; }
  pre { white-space: pre-wrap; }
  a { color: inherit; text-decoration: none; }
  summary { display: none; }
  details::details-content { content-visibility: visible; display: block; block-size: auto; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
)css";

constexpr std::string_view behaviour = R"js(
(function () {
  var root = document.documentElement;
  function follow() {
    var chosen = document.querySelector('input[name=lang]:checked');
    if (!chosen) return;
    root.lang = chosen.value;
    document.title = chosen.value === 'en' ? root.dataset.titleEn : root.dataset.titleZh;
  }
  document.querySelectorAll('input[name=lang]').forEach(function (input) { input.addEventListener('change', follow); });
  window.addEventListener('pageshow', follow);
  window.addEventListener('beforeprint', function () {
    document.querySelectorAll('details').forEach(function (part) { part.open = true; });
  });
})();
)js";

}  // namespace

std::string_view style_sheet() { return looks; }
std::string_view script() { return behaviour; }

}  // namespace leaven::report
