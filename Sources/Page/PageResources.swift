// swift-format-ignore-file
// Written by Scripts/embed-page from the files in Resources; change those instead.

/// What the page is made with.
enum PageResources {
  static let templates: [(name: String, text: String)] = [
    ("chart", #"""
{{%CONTENT_TYPE:PAGE}}
<figure class="chart" id="chart-{{id}}">
<figcaption>{{title}}</figcaption>
<ul class="legend">{{#legend}}<li>{{#library}}<button type="button" data-series="{{index}}" aria-pressed="true">{{/library}}<span class="key {{#isLine}}dash{{dash}} {{/isLine}}c{{colour}}"></span>{{name}}{{#library}}</button>{{/library}}</li>{{/legend}}</ul>
<div class="plot">{{{drawing}}}</div>
{{#.rule}}<p class="rule">{{.}}.</p>{{/.rule}}
{{#.marked}}<p class="rule">Lines: {{.}}.</p>{{/.marked}}
{{#.banded}}<p class="rule">Shaded: {{.}}.</p>{{/.banded}}
<details><summary>Table of {{title}}</summary><div class="scroll" tabindex="0" role="region" aria-label="{{title}}"><table>
<thead><tr><th scope="col">{{axis}}</th>{{#heads}}<th scope="col">{{.}}</th>{{/heads}}</tr></thead>
<tbody>
{{#lines}}<tr><th scope="row">{{label}}{{#values}}<td>{{.}}{{/values}}
{{/lines}}</tbody></table></div></details>
<script type="application/json">{{{data}}}</script>
</figure>
"""#),
    ("page", #"""
{{%CONTENT_TYPE:PAGE}}
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src {{{scriptPolicy}}}; img-src data:; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{{title}} – Plimsoll</title>
<link rel="icon" href="data:,">
<style>
{{{style}}}
</style>
</head>
<body>
<a class="skip" href="#main">Skip to the sections</a>
<header>
<h1>{{title}}</h1>
{{#lead}}
<p>{{.}}</p>
{{/lead}}
</header>
<div class="cards">
{{#cards}}
<section class="card">
<h2>{{question}}</h2>
{{#answers}}
<div class="answer {{tone}}">
{{#.run}}<p class="run">{{.}}</p>{{/.run}}
<p class="verdict">{{answer}}</p>
{{#details}}<p>{{.}}</p>{{/details}}
</div>
{{/answers}}
</section>
{{/cards}}
</div>
<nav aria-label="Sections">
{{#sections}}<a href="#{{id}}">{{heading}}</a>
{{/sections}}
</nav>
<main id="main">
{{#sections}}
<section class="part" id="{{id}}">
<h2>{{heading}}</h2>
<div class="blocks">
{{#blocks}}
{{#.text}}<p class="wide">{{.}}</p>{{/.text}}
{{#.table}}{{>table}}{{/.table}}
{{#.chart}}{{>chart}}{{/.chart}}
{{#.timeline}}{{>timeline}}{{/.timeline}}
{{#.source}}{{>source}}{{/.source}}
{{/blocks}}
</div>
</section>
{{/sections}}
</main>
<footer><p>Made by plimsoll report from the tables of the run alone. {{foot}}</p></footer>
{{#library}}
<script>
{{{source}}}
/*
{{{licence}}}
*/
</script>
<script>
{{{script}}}
</script>
{{/library}}
</body>
</html>
"""#),
    ("source", #"""
{{%CONTENT_TYPE:PAGE}}
<details class="wide source"><summary>{{title}}</summary>
<pre tabindex="0">{{body}}</pre>
</details>
"""#),
    ("table", #"""
{{%CONTENT_TYPE:PAGE}}
<div class="wide">
<div class="scroll" tabindex="0" role="region" aria-label="{{caption}}">
<table>
<caption>{{caption}}</caption>
<thead><tr><th scope="col">{{corner}}</th>{{#heads}}<th scope="col">{{.}}</th>{{/heads}}</tr></thead>
<tbody>
{{#rows}}<tr><th scope="row">{{name}}</th>{{#cells}}<td class="{{kind}}"{{#.figure}} data-figure="{{.}}"{{/.figure}}{{#.exact}} data-exact="{{.}}"{{/.exact}}>{{text}}</td>{{/cells}}</tr>
{{/rows}}</tbody>
</table>
</div>
{{#.note}}<p class="rule">{{.}}</p>{{/.note}}
</div>
"""#),
    ("timeline", #"""
{{%CONTENT_TYPE:PAGE}}
<figure class="wide timeline">
<figcaption>{{title}}</figcaption>
<div class="plot">{{{drawing}}}</div>
</figure>
"""#),
  ]
  static let style = #"""
:root {
  --ground: #ffffff; --raised: #f5f6f8; --ink: #1b1f24; --quiet: #525a65; --rule: #d5d9df;
  --link: #0b5394; --good: #116329; --bad: #b3261e; --band: rgba(213, 94, 0, .14); --heat: 0, 114, 178;
  --c0: #0044dc; --c1: #ed6a00; --c2: #004c3a; --c3: #813194; --c4: #873a00; --c5: #2795ef; --c6: #2b0f3d; --c7: #80868f;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --ground: #14171b; --raised: #1e2228; --ink: #eceff3; --quiet: #aab2bd; --rule: #3a414a;
    --link: #8cc4ff; --good: #6fd08c; --bad: #ff8a80; --band: rgba(240, 140, 60, .17); --heat: 86, 180, 233;
    --c0: #576bff; --c1: #ee5424; --c2: #2cd16d; --c3: #b671ce; --c4: #f3ca11; --c5: #bffbff; --c6: #ffffce; --c7: #8d949e;
  }
}
* { box-sizing: border-box; }
html { color-scheme: light dark; -webkit-text-size-adjust: 100%; }
body {
  margin: 0 auto; padding: 1.25rem clamp(.9rem, 3vw, 2.5rem); max-width: 86rem; background: var(--ground);
  color: var(--ink); font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif;
}
h1 { font-size: 1.6rem; line-height: 1.2; margin: 0 0 .3rem; overflow-wrap: anywhere; }
h2 { font-size: 1.2rem; line-height: 1.3; margin: 0 0 .8rem; }
p { margin: 0 0 .4rem; overflow-wrap: anywhere; }
a { color: var(--link); }
header p { color: var(--quiet); }
.skip { position: absolute; left: -100rem; }
.skip:focus { left: 1rem; top: .5rem; background: var(--ground); padding: .3rem .6rem; }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 17rem), 1fr)); gap: .9rem; margin: 1.1rem 0; }
.card { background: var(--raised); border: 1px solid var(--rule); border-radius: .6rem; padding: .9rem 1rem; }
.card h2 { font-size: .95rem; font-weight: 600; color: var(--quiet); margin: 0 0 .35rem; }
.answer + .answer { border-top: 1px solid var(--rule); margin-top: .7rem; padding-top: .7rem; }
.answer p { font-size: .88rem; color: var(--quiet); }
.answer .run { font-weight: 600; color: var(--ink); margin: 0; }
.answer .verdict { font-size: 1.2rem; line-height: 1.3; font-weight: 650; color: var(--ink); }
.answer.good .verdict, td.good { color: var(--good); }
.answer.bad .verdict, td.bad { color: var(--bad); }
nav { display: flex; flex-wrap: wrap; gap: .25rem 1.1rem; padding: .6rem 0; border-top: 1px solid var(--rule); border-bottom: 1px solid var(--rule); font-size: .92rem; }
nav a { padding: .15rem 0; }
.part { margin: 2rem 0; scroll-margin-top: 1rem; }
.blocks { display: grid; grid-template-columns: minmax(0, 1fr); gap: 1.4rem 1.8rem; align-items: start; }
@media screen and (min-width: 68rem) { .blocks { grid-template-columns: repeat(2, minmax(0, 1fr)); } .wide { grid-column: 1 / -1; } }
figure { margin: 0; min-width: 0; }
figcaption, caption { font-weight: 600; text-align: left; padding: 0 0 .3rem; }
.legend { list-style: none; display: flex; flex-wrap: wrap; gap: .15rem .8rem; margin: 0 0 .35rem; padding: 0; font-size: .82rem; }
.legend li, .legend button { display: inline-flex; align-items: center; gap: .4rem; max-width: 100%; overflow-wrap: anywhere; text-align: left; }
.legend button { font: inherit; color: inherit; background: none; border: 0; padding: .15rem 0; cursor: pointer; }
.legend button[aria-pressed="false"] { text-decoration: line-through; color: var(--quiet); }
.legend button[aria-pressed="false"] .key { visibility: hidden; }
.key { flex: none; display: inline-block; width: 1.5rem; height: .65rem; border-radius: .1rem; background: currentColor; }
.key.dash0 { height: .2rem; }
.key[class*="dash"]:not(.dash0) { height: .2rem; background: none; border-top: .2rem dashed currentColor; }
.key.dash2 { border-top-style: dotted !important; }
.plot { position: relative; width: 100%; overflow-x: auto; touch-action: pan-y; }
.timeline .plot { max-width: 46rem; }
.plot svg { display: block; width: 100%; min-width: 30rem; height: auto; font-size: 13px; }
.live .plot { height: 17rem; overflow: hidden; }
.live .plot svg { display: none; }
.plot canvas { cursor: crosshair; }
.brush { position: absolute; top: 0; bottom: 0; background: var(--band); border: solid var(--quiet); border-width: 0 1px; pointer-events: none; }
.reset { position: absolute; top: 0; right: 0; font: inherit; font-size: .8rem; color: var(--ink); background: var(--raised); border: 1px solid var(--quiet); border-radius: .3rem; padding: .1rem .5rem; cursor: pointer; }
svg text { fill: var(--quiet); }
svg path { fill: none; stroke-width: 2; stroke-linejoin: round; stroke-linecap: round; }
svg .grid { stroke: var(--rule); stroke-width: 1; }
svg .axis { stroke: var(--quiet); stroke-width: 1; }
svg .mark { stroke-dasharray: 2 4; }
svg .band { fill: var(--band); }
svg .incident { fill: var(--c1); }
svg .d1 { stroke-dasharray: 7 4; } svg .d2 { stroke-dasharray: 2 4; } svg .d3 { stroke-dasharray: 10 3 2 3; }
svg .fill { stroke: none; opacity: .16; }
.c0 { color: var(--c0); } .c1 { color: var(--c1); } .c2 { color: var(--c2); } .c3 { color: var(--c3); }
.c4 { color: var(--c4); } .c5 { color: var(--c5); } .c6 { color: var(--c6); } .c7 { color: var(--c7); }
.k0 { stroke: var(--c0); } .k1 { stroke: var(--c1); } .k2 { stroke: var(--c2); } .k3 { stroke: var(--c3); }
.k4 { stroke: var(--c4); } .k5 { stroke: var(--c5); } .k6 { stroke: var(--c6); } .k7 { stroke: var(--c7); }
svg .f0, svg .b0 { fill: var(--c0); } svg .f1, svg .b1 { fill: var(--c1); } svg .f2, svg .b2 { fill: var(--c2); }
svg .f3, svg .b3 { fill: var(--c3); } svg .f4, svg .b4 { fill: var(--c4); } svg .f5, svg .b5 { fill: var(--c5); }
svg .f6, svg .b6 { fill: var(--c6); } svg .f7, svg .b7 { fill: var(--c7); }
.rule { font-size: .8rem; color: var(--quiet); margin: .25rem 0 0; }
details { font-size: .88rem; margin-top: .35rem; }
summary { cursor: pointer; color: var(--link); overflow-wrap: anywhere; }
.scroll { overflow: auto; max-width: 100%; max-height: 34rem; }
table { border-collapse: collapse; font-size: .88rem; font-variant-numeric: tabular-nums; }
th, td { padding: .28rem .7rem; border-bottom: 1px solid var(--rule); text-align: left; vertical-align: top; }
thead th { border-bottom-color: var(--quiet); vertical-align: bottom; background: var(--ground); position: sticky; top: 0; }
tbody th { font-weight: 500; white-space: nowrap; }
td.n, .chart td { text-align: right; white-space: nowrap; }
@media screen and (max-width: 40rem) { td:not(.n):not(.hash):not(.good):not(.bad):not(.chart td) { min-width: 8.5rem; } }
td.hash { font-family: ui-monospace, "DejaVu Sans Mono", monospace; font-size: .78rem; }
.h1 { background: rgba(var(--heat), .06); } .h2 { background: rgba(var(--heat), .1); } .h3 { background: rgba(var(--heat), .14); }
.h4 { background: rgba(var(--heat), .18); } .h5 { background: rgba(var(--heat), .22); } .h6 { background: rgba(var(--heat), .26); }
.h7 { background: rgba(var(--heat), .3); } .h8 { background: rgba(var(--heat), .34); }
pre { overflow: auto; max-height: 40rem; background: var(--raised); border: 1px solid var(--rule); border-radius: .4rem; padding: .8rem; font-size: .8rem; }
footer { border-top: 1px solid var(--rule); margin-top: 2rem; padding-top: .6rem; font-size: .85rem; color: var(--quiet); }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
@media print {
  body { max-width: none; padding: 0; font-size: 11pt; }
  nav, .skip, details:not([open]), .brush, .reset, .plot canvas { display: none !important; }
  .live .plot { height: auto; }
  .live .plot svg, .plot svg { display: block; min-width: 0; }
  .scroll, pre { max-height: none; overflow: visible; }
  figure, .card, tr { break-inside: avoid; }
  h2 { break-after: avoid; }
  pre { white-space: pre-wrap; overflow-wrap: anywhere; }
  @media screen and (max-width: 40rem) { td:not(.n):not(.hash):not(.good):not(.bad):not(.chart td) { min-width: 8.5rem; } }
td.hash { overflow-wrap: anywhere; white-space: normal; }
}
"""#
  static let script = #"""
// Draws each chart with Chart.js when it comes into view. Labels and texts of values come from the table
// behind the chart, so that the page writes every number once. Drag to zoom, Escape or the button to go
// back, legend buttons to hide a series. Without this script the static drawings stay.
(() => {
  'use strict';
  if (typeof Chart === 'undefined') return;
  const dashes = [[], [7, 4], [2, 4], [10, 3, 2, 3]];
  const figures = new Map();

  const colours = () => {
    const style = getComputedStyle(document.documentElement);
    const read = name => style.getPropertyValue(name).trim();
    return {
      series: [0, 1, 2, 3, 4, 5, 6, 7].map(index => read('--c' + index)), rule: read('--rule'),
      quiet: read('--quiet'), ink: read('--ink'), raised: read('--raised'), band: read('--band'),
    };
  };
  const faded = hex => hex + '29';

  // Incidents behind the chart, targets in front of it.
  const overlay = (data, theme) => {
    const at = (chart, position) => {
      const x = chart.scales.x;
      const first = Math.floor(position);
      const here = x.getPixelForValue(first);
      return here + (x.getPixelForValue(first + 1) - here) * (position - first);
    };
    const clipped = (chart, draw) => {
      const {ctx, chartArea: area} = chart;
      ctx.save();
      ctx.beginPath();
      ctx.rect(area.left, area.top, area.right - area.left, area.bottom - area.top);
      ctx.clip();
      draw(ctx, area);
      ctx.restore();
    };
    return {
      id: 'overlay',
      beforeDatasetsDraw: chart => clipped(chart, (ctx, area) => {
        ctx.fillStyle = theme.band;
        for (const [from, to] of data.bands) {
          const left = at(chart, from - 0.5);
          ctx.fillRect(left, area.top, Math.max(1, at(chart, to - 0.5) - left), area.bottom - area.top);
        }
      }),
      afterDatasetsDraw: chart => clipped(chart, (ctx, area) => {
        ctx.lineWidth = 2;
        ctx.setLineDash([2, 4]);
        for (const [upright, value, colour] of data.marks) {
          ctx.strokeStyle = theme.series[colour];
          ctx.beginPath();
          if (upright) {
            const x = at(chart, value);
            ctx.moveTo(x, area.top);
            ctx.lineTo(x, area.bottom);
          } else {
            const y = chart.scales.y.getPixelForValue(value);
            ctx.moveTo(area.left, y);
            ctx.lineTo(area.right, y);
          }
          ctx.stroke();
        }
      }),
    };
  };

  const draw = figure => {
    const entry = figures.get(figure);
    if (entry.chart) entry.chart.destroy();
    const data = entry.data;
    const theme = colours();
    const rows = figure.querySelector('table').tBodies[0].rows;
    const heads = figure.querySelector('table').tHead.rows[0].cells;
    const text = (row, series) => rows[row].cells[series + 1].textContent.trim();
    const labels = Array.from(rows, row => row.cells[0].textContent.trim());
    const isLine = data.kind === 'lines';
    const ticks = data.ticks;
    figure.classList.add('live');
    entry.chart = new Chart(entry.canvas, {
      type: isLine ? 'line' : 'bar',
      data: {
        labels,
        datasets: data.series.map((series, index) => ({
          label: heads[index + 1].textContent,
          data: series.values,
          hidden: entry.hidden.has(index),
          borderColor: theme.series[series.colour],
          backgroundColor: isLine ? faded(theme.series[series.colour]) : theme.series[series.colour],
          borderWidth: isLine ? 2 : 0,
          borderDash: dashes[series.dash % 4],
          pointRadius: labels.length < 2 ? 3 : 0,
          pointHoverRadius: 4,
          pointBackgroundColor: theme.series[series.colour],
          fill: series.fill === undefined ? false : series.fill,
          categoryPercentage: data.kind === 'bars' ? 0.7 : 0.95,
          barPercentage: 1,
          maxBarThickness: 120,
        })),
      },
      options: {
        animation: false, responsive: true, maintainAspectRatio: false, normalized: true,
        interaction: {mode: 'index', intersect: false},
        plugins: {
          legend: {display: false},
          tooltip: {
            backgroundColor: theme.raised, titleColor: theme.ink, bodyColor: theme.ink,
            borderColor: theme.quiet, borderWidth: 1, boxPadding: 4,
            filter: item => item.raw !== null && (isLine || item.raw > 0),
            itemSort: (a, b) => b.raw - a.raw,
            callbacks: {label: item => item.dataset.label + ': ' + text(item.dataIndex, item.datasetIndex)},
          },
        },
        scales: {
          x: {
            stacked: !isLine, min: entry.range ? entry.range[0] : undefined,
            max: entry.range ? entry.range[1] : undefined, grid: {display: false},
            ticks: {color: theme.quiet, maxRotation: 0, autoSkipPadding: 16},
          },
          y: {
            stacked: !isLine, min: 0, max: ticks[ticks.length - 1][0],
            grid: {color: theme.rule},
            afterBuildTicks: axis => { axis.ticks = ticks.map(tick => ({value: tick[0]})); },
            ticks: {color: theme.quiet, callback: (value, index) => ticks[index] ? ticks[index][1] : ''},
          },
        },
      },
      plugins: [overlay(data, theme)],
    });
  };

  const zoom = (figure, range) => {
    const entry = figures.get(figure);
    entry.range = range;
    entry.chart.options.scales.x.min = range ? range[0] : undefined;
    entry.chart.options.scales.x.max = range ? range[1] : undefined;
    entry.chart.update('none');
    entry.reset.hidden = !range;
  };

  const watchBrush = figure => {
    const entry = figures.get(figure);
    const {canvas, plot} = entry;
    let start = null;
    const inside = event => {
      const area = entry.chart.chartArea;
      return Math.min(Math.max(event.clientX - canvas.getBoundingClientRect().left, area.left), area.right);
    };
    canvas.addEventListener('pointerdown', event => {
      if (event.pointerType === 'touch' || event.button !== 0 || !entry.chart) return;
      start = inside(event);
      canvas.setPointerCapture(event.pointerId);
    });
    canvas.addEventListener('pointermove', event => {
      if (start === null) return;
      const now = inside(event);
      entry.brush.hidden = Math.abs(now - start) < 4;
      entry.brush.style.left = Math.min(now, start) + 'px';
      entry.brush.style.width = Math.abs(now - start) + 'px';
    });
    canvas.addEventListener('pointerup', event => {
      if (start === null) return;
      const ends = [start, inside(event)].sort((a, b) => a - b).map(x => entry.chart.scales.x.getValueForPixel(x));
      if (!entry.brush.hidden && ends[1] > ends[0]) zoom(figure, ends);
      entry.brush.hidden = true;
      start = null;
    });
    canvas.addEventListener('pointercancel', () => {
      entry.brush.hidden = true;
      start = null;
    });
    canvas.addEventListener('dblclick', () => zoom(figure, null));
    entry.reset.addEventListener('click', () => zoom(figure, null));
    figure.addEventListener('keydown', event => { if (event.key === 'Escape' && entry.range) zoom(figure, null); });
    plot.append(entry.brush, entry.reset);
  };

  const begin = figure => {
    const entry = figures.get(figure);
    if (entry.chart) return;
    entry.plot.append(entry.canvas);
    draw(figure);
    watchBrush(figure);
  };

  for (const figure of document.querySelectorAll('figure.chart')) {
    const canvas = document.createElement('canvas');
    // The drawing that the canvas replaces has the words; the table has the numbers.
    canvas.setAttribute('role', 'img');
    canvas.setAttribute('aria-label', figure.querySelector('svg').getAttribute('aria-label'));
    const brush = document.createElement('div');
    brush.className = 'brush';
    brush.hidden = true;
    const reset = document.createElement('button');
    reset.className = 'reset';
    reset.type = 'button';
    reset.textContent = 'Whole range';
    reset.hidden = true;
    figures.set(figure, {
      canvas, brush, reset, plot: figure.querySelector('.plot'), hidden: new Set(), chart: null, range: null,
      data: JSON.parse(figure.querySelector('script').textContent),
    });
    for (const button of figure.querySelectorAll('.legend button')) {
      button.addEventListener('click', () => {
        const entry = figures.get(figure);
        const index = Number(button.dataset.series);
        const shows = entry.hidden.has(index);
        if (shows) entry.hidden.delete(index); else entry.hidden.add(index);
        button.setAttribute('aria-pressed', String(shows));
        for (const part of figure.querySelectorAll('svg g[data-series="' + index + '"]')) {
          part.style.display = shows ? '' : 'none';
        }
        if (entry.chart) {
          entry.chart.setDatasetVisibility(index, shows);
          entry.chart.update('none');
        }
      });
    }
  }

  const observer = new IntersectionObserver(entries => {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      observer.unobserve(entry.target);
      begin(entry.target);
    }
  }, {rootMargin: '300px'});
  for (const figure of figures.keys()) observer.observe(figure);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
    for (const [figure, entry] of figures) if (entry.chart) draw(figure);
  });
})();
"""#
  static let licence = #"""
Chart.js. Copyright (c) 2014-2022 Chart.js Contributors. The MIT License (MIT)

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without limitation
the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and
to permit persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of
the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO
THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF
CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS
IN THE SOFTWARE.
"""#
}
