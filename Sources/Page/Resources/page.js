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
