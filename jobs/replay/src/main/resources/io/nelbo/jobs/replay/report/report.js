// The replay report: one function per section.

const FLOOR = 0.01; // a logarithmic axis has no 0; scores below this are as normal as can be
const LABELS = ['normal', 'anomalous', 'no label'];
const SCORE_STEPS = [0.3, 1, 2, 5];
const SCORE_NAMES = ['score below 0.3', '0.3 to 1', '1 to 2', '2 to 5', '5 and more'];
const SCORE_COLOURS = {
  light: ['#7a9cc6', '#2f6db5', '#e8a317', '#dd5f1d', '#a50f15'],
  dark: ['#54749c', '#7ab0ff', '#f3c04b', '#ff8f4d', '#ff5a5a'],
};
const TIMES = {year: '{yyyy}', month: '{MMM} {yyyy}', day: '{d} {MMM}', hour: '{HH}:{mm}', minute: '{HH}:{mm}', second: '{HH}:{mm}:{ss}'};
const labelOf = label => LABELS[label < 0 ? 2 : label];
const labelColours = () => [colour('accent'), colour('alarm'), colour('soft')];

function summary() {
  document.title = data.title + ': replay';
  at('title').textContent = data.title;
  at('footer').textContent = data.version + '. All times are UTC. Charts: Apache ECharts (Apache-2.0).';
  at('headlines').append(...data.headlines.map(tile => element('div', {className: 'tile'},
    [element('b', {text: tile.value}), element('span', {text: tile.name})])));
  at('sentences').append(...data.summary.map(text => element('p', {text})));
  list('warnings', data.warnings);
}

let showEpisode = () => {};

function jumpTo(episode) {
  if (!data.traces.some(trace => trace.name === episode.series)) return [];
  const jump = element('button', {text: 'Show in chart'});
  jump.type = 'button';
  jump.addEventListener('click', () => showEpisode(episode));
  return [jump];
}

function overTime() {
  list('traces-left-out', data.tracesLeftOut);
  if (data.traces.length === 0) {
    at('trace').hidden = true;
    return;
  }
  let shown = 0, logarithmic = true, marked = null; // the episode that is looked at
  fillSelect('series', data.traces.map(trace => trace.name + ' (' + count(trace.anomalies, 'alarm') + ')'));
  const drawn = chart('trace', () => traceOptions(data.traces[shown], logarithmic, marked));
  function show() {
    const trace = data.traces[shown];
    at('series').value = String(shown);
    at('drawn').textContent = trace.drawn < trace.scored
      ? 'Drawn: ' + trace.drawn.toLocaleString('en') + ' of ' + count(trace.scored, 'scored record')
        + ', the highest of each stretch.' : '';
    drawn.redraw();
  }
  at('series').addEventListener('change', event => { shown = Number(event.target.value); marked = null; show(); });
  choice('axis', ['Logarithmic', 'Linear'], index => { logarithmic = index === 0; show(); });
  at('unzoom').addEventListener('click', () => { marked = null; show(); });
  showEpisode = episode => {
    const index = data.traces.findIndex(trace => trace.name === episode.series);
    if (index < 0) return;
    shown = index;
    marked = episode;
    show();
    at('time').scrollIntoView();
  };
  show();
}

/** From when to when to show: around the marked episode, else all. */
function range(trace, marked) {
  if (!marked) return {};
  const margin = Math.max(2 * (marked.end - marked.start), span(trace) / 100, 1000);
  return {startValue: marked.start - margin, endValue: marked.end + margin};
}

const span = trace => trace.times.length ? trace.times[trace.times.length - 1] - trace.times[0] : 0;

function traceOptions(trace, logarithmic, marked) {
  const value = score => logarithmic ? Math.max(FLOOR, score) : score;
  const points = trace.times.map((millis, i) => [millis, value(trace.scores[i]), trace.scores[i]]);
  const least = Math.max(span(trace) / 400, 1); // a single labelled record shall be seen
  const areas = trace.labelled.map(([from, to]) => {
    const wider = Math.max(0, least - (to - from)) / 2;
    return [{xAxis: from - wider}, {xAxis: to + wider}];
  });
  return {
    grid: {bottom: 70},
    legend: {data: ['score', 'anomaly']},
    tooltip: {
      trigger: 'item',
      formatter: hit => hit.value && hit.value.length > 2
        ? escapeHtml(time(hit.value[0])) + ' UTC<br>score <b>' + escapeHtml(number(hit.value[2])) + '</b>' : '',
    },
    useUTC: true,
    xAxis: {type: 'time', splitNumber: at('trace').clientWidth < 500 ? 3 : 8, axisLabel: {formatter: TIMES}},
    yAxis: {type: logarithmic ? 'log' : 'value', min: logarithmic ? FLOOR : 0, max: top(points, logarithmic),
      ...above('score'), axisLabel: powers},
    dataZoom: [
      {type: 'inside', filterMode: 'none', zoomOnMouseWheel: 'ctrl', moveOnMouseWheel: false, ...range(trace, marked)},
      {type: 'slider', filterMode: 'none', height: 26, bottom: 12, borderColor: colour('line'), brushSelect: false,
        textStyle: {color: colour('soft')}, showDetail: false, ...range(trace, marked)},
    ],
    series: [
      {name: 'score', type: 'line', data: points, showSymbol: points.length === 1, symbolSize: 5, lineStyle: {width: 1},
        color: colour('accent'),
        markLine: lines([{yAxis: 1}], {label: {show: true, formatter: 'border', position: 'insideStartTop', backgroundColor: 'transparent'}}),
        markArea: {silent: true, data: areas, itemStyle: {color: colour('shade'), opacity: .55}}},
      {name: 'anomaly', type: 'scatter', progressive: 0, data: points.filter((point, i) => trace.anomalous[i]), symbolSize: 7,
        color: colour('alarm'), z: 5,
        markPoint: {silent: true, symbol: 'pin', symbolSize: 34, itemStyle: {color: colour('alarm')},
          label: {show: false}, data: marked ? [{coord: [marked.at, value(marked.score)]}] : []}},
    ],
  };
}

/** Above all points, and above the border. */
function top(points, logarithmic) {
  const highest = points.reduce((most, point) => Math.max(most, point[1]), 1.2);
  return logarithmic ? Math.pow(10, Math.ceil(Math.log10(highest) + .05)) : niceAbove(highest);
}

function niceAbove(value) {
  const power = Math.pow(10, Math.floor(Math.log10(value)));
  return [1.5, 2, 3, 5, 7.5, 10].map(step => step * power).find(step => step > value) ?? 10 * power;
}

function episodes() {
  list('episodes-left-out', data.episodesLeftOut);
  const names = [...new Set(data.episodes.map(episode => episode.series))].sort();
  fillSelect('episode-series', ['all', ...names]);
  let byTime = false, wanted = null, shown = window.innerWidth < 700 ? 6 : 12;
  function show() {
    const chosen = data.episodes.filter(episode => wanted === null || episode.series === wanted);
    if (byTime) chosen.sort((a, b) => a.start - b.start);
    at('cards').replaceChildren(...chosen.slice(0, shown).map(episode => card(episode, jumpTo(episode))));
    at('more').hidden = chosen.length <= shown;
    at('more').textContent = 'Show all ' + chosen.length;
    if (chosen.length === 0) at('cards').append(element('p', {text: 'No episode.'}));
  }
  choice('order', ['Worst first', 'By time'], index => { byTime = index === 1; show(); });
  at('episode-series').addEventListener('change', event => {
    const index = Number(event.target.value);
    wanted = index === 0 ? null : names[index - 1];
    show();
  });
  at('more').addEventListener('click', () => { shown = Infinity; show(); });
  show();
}

function distributions() {
  const {edges, others, anomalous} = data.scores;
  const used = others.map((n, i) => n + anomalous[i] > 0);
  const first = Math.max(0, used.indexOf(true)), last = Math.max(first, used.lastIndexOf(true)) + 1;
  const middle = i => Math.sqrt(edges[i] * edges[i + 1]);
  // A 0 has no logarithm, and a bar of 1 shall be seen.
  const bar = (name, counts, shade) => ({name, type: 'line', step: 'middle', showSymbol: false, color: shade,
    areaStyle: {opacity: .3}, lineStyle: {width: 1.5},
    data: counts.map((n, i) => [middle(i), n > 0 ? n : .5, n]).slice(first, last)});
  chart('scores', () => ({
    tooltip: {trigger: 'axis', formatter: hits => escapeHtml('score ' + number(hits[0].value[0], 2)) + hits.map(hit =>
      '<br>' + escapeHtml(hit.seriesName) + ' <b>' + escapeHtml(count(hit.value[2], 'record')) + '</b>').join('')},
    xAxis: {type: 'log', min: edges[first], max: edges[last], ...below('score; 1 is the border'),
      axisLabel: {...powers, showMaxLabel: false}},
    yAxis: {type: 'log', min: .5, ...above('records'), axisLabel: {formatter: n => n < 1 ? '0' : powers.formatter(n)}},
    series: [
      {...bar(data.labelled ? 'others' : 'records', others, colour('accent')),
        markLine: lines([{xAxis: 1}])},
      ...(anomalous.some(n => n > 0) ? [bar('labelled anomalous', anomalous, colour('alarm'))] : []),
    ],
  }));
  const bins = data.pValues.counts;
  chart('p-values', () => ({
    legend: {show: false}, grid: {top: 34},
    tooltip: {trigger: 'axis', formatter: hits => escapeHtml('p ' + number(hits[0].dataIndex / bins.length, 2) + ' to '
      + number((hits[0].dataIndex + 1) / bins.length, 2)) + '<br><b>' + escapeHtml(count(hits[0].value, 'record')) + '</b>'},
    xAxis: {type: 'category', data: bins.map((n, i) => number((i + 1) / bins.length, 2)), ...below('p-value, upper end')},
    yAxis: {type: 'value', ...above('records')},
    series: [{type: 'bar', data: bins, barWidth: '92%', color: colour('accent'), markLine: lines([{yAxis: data.pValues.uniform}],
      {label: {show: true, formatter: 'uniform', position: 'insideEndTop'}})}],
  }));
  at('p-hint').textContent = 'Taken as normal: ' + data.normal + '. Their p-values should fill all bins alike; '
    + 'too many small ones are false alarms, or anomalies without a label.';
  // Heavy tails reach far: then the distance from the least statistic is drawn by its logarithm.
  const everywhere = data.tails.flatMap(tail => tail.fitted.concat(tail.counted)).map(point => point[0]);
  const least = everywhere.reduce((a, b) => Math.min(a, b), Infinity);
  const far = everywhere.reduce((a, b) => Math.max(a, b), -Infinity) - least > 200;
  const place = points => points.map(point => [far ? point[0] - least + 1 : point[0], point[1], point[0]]);
  chart('tail', () => ({
    tooltip: {trigger: 'item', formatter: hit => escapeHtml(hit.seriesName) + '<br>' + escapeHtml(number(hit.value[2])
      + ' nats: ' + number(hit.value[1], 3))},
    xAxis: far ? {type: 'log', ...below('statistic less the smallest, plus 1, nats'), axisLabel: powers}
      : {type: 'value', scale: true, ...below('statistic, nats')},
    yAxis: {type: 'log', ...above('share at least as strange'), axisLabel: {formatter: value => value.toExponential(0)}},
    series: data.tails.flatMap((tail, i) => [
      {name: tail.model + ' counted', type: 'scatter', symbolSize: 5, color: shade(i), data: place(tail.counted)},
      {name: tail.model + ' fitted', type: 'line', showSymbol: false, color: shade(i), data: place(tail.fitted),
        markLine: lines([{yAxis: tail.smallestRate}], {lineStyle: {color: shade(i), type: 'dotted'},
          label: {show: true, formatter: tail.model + ': smallest rate', position: 'insideEndTop'}})},
    ]),
  }));
}

const shade = i => [colour('accent'), '#d9822b', '#3d9970', '#9b59b6', '#c0392b', '#7f8c8d'][i % 6];

function calibration() {
  const smallest = data.tails.length ? Math.max(...data.tails.map(tail => tail.smallestRate)) : null;
  at('rate-hint').textContent = 'How often normal records would alarm at each false-alarm rate that one may ask for; on the '
    + 'diagonal the promise is kept. Measured on ' + data.normal + '. The band holds 95 % of what chance does to '
    + 'independent records; neighbouring records seldom are, so their band is wider. A 0 is drawn at the bottom.';
  if (data.rates.length === 0) {
    at('rates').hidden = true;
    return;
  }
  const floor = data.rates[0].asked / 10;
  const line = (name, key, style) => ({name, type: 'line', symbolSize: 6,
    data: data.rates.map(rate => [rate.asked, Math.max(floor, rate[key]), rate[key]]), ...style});
  chart('rates', () => ({
    legend: {data: ['measured', 'kept promise', '95 % band']},
    tooltip: {trigger: 'axis', formatter: hits => {
      const rate = data.rates.find(one => one.asked === hits[0].value[0]);
      return !rate ? '' : escapeHtml('asked ' + number(rate.asked, 2)) + '<br>' + escapeHtml('measured '
        + number(rate.measured, 3)) + '<br>' + escapeHtml('band ' + number(rate.low, 3) + ' to ' + number(rate.high, 3));
    }},
    xAxis: {type: 'log', min: data.rates[0].asked, max: 1, ...below('asked false-alarm rate'), axisLabel: powers},
    yAxis: {type: 'log', min: floor, max: 1, ...above('measured'), axisLabel: powers},
    series: [
      line('95 % band', 'low', {showSymbol: false, color: colour('soft'), lineStyle: {type: 'dotted', width: 1.5}}),
      line('95 % band', 'high', {showSymbol: false, color: colour('soft'), lineStyle: {type: 'dotted', width: 1.5}}),
      line('kept promise', 'asked', {showSymbol: false, color: colour('soft'), lineStyle: {width: 1}}),
      line('measured', 'measured', {color: colour('accent'), lineStyle: {width: 2},
        markLine: lines([
          ...(data.askedRate ? [{xAxis: data.askedRate, label: {formatter: 'asked', position: 'insideStart'}}] : []),
          ...(smallest ? [{xAxis: smallest, label: {formatter: 'smallest rate', position: 'insideEnd'}}] : [])],
        {label: {show: true}, lineStyle: {color: colour('alarm')}})}),
    ],
  }));
}

function curves() {
  if (!data.curves) {
    at('no-curves').textContent = data.labelled
      ? 'All labels are equal: neither curve, and neither AUROC nor average precision, is defined.'
      : 'There are no labels: neither curve can be drawn.';
    at('both-curves').hidden = true;
    return;
  }
  const tip = {trigger: 'axis', formatter: hits => hits[0] && hits[0].value.length > 2 ? escapeHtml('border '
    + number(hits[0].value[2], 3) + ': ' + hits[0].value.slice(0, 2).map(share => number(share, 3)).join(', ')) : ''};
  const curve = (id, x, y, columns, chance) => chart(id, () => ({
    tooltip: tip,
    xAxis: {type: 'value', min: 0, max: 1, ...below(x)},
    yAxis: {type: 'value', min: 0, max: 1, ...above(y)},
    series: [
      {name: 'all borders', type: 'line', showSymbol: false, color: colour('accent'), areaStyle: {opacity: .12},
        data: [...(id === 'roc' ? [[0, 0]] : []),
          ...data.curves.points.map(point => [point[columns[0]], point[columns[1]], point[3]])]},
      {name: 'guessing', type: 'line', showSymbol: false, color: colour('soft'), lineStyle: {type: 'dotted'}, data: chance},
      {name: 'border in use', type: 'scatter', symbolSize: 11, color: colour('alarm'), z: 5,
        data: data.curves.border.map(point => [point[columns[0]], point[columns[1]], point[3]])},
    ],
  }));
  const share = data.curves.anomalousShare;
  curve('roc', 'normal records that alarm', 'anomalous that alarm', [0, 1], [[0, 0], [1, 1]]);
  curve('pr', 'recall', 'precision', [1, 2], [[0, share], [1, share]]);
}

function latent() {
  const maps = data.latent;
  if (!maps) {
    at('latent-hint').textContent = 'There are too few scored windows for a map.';
    at('map').hidden = at('projection').hidden = at('colour').hidden = true;
    return;
  }
  let neighbours = false, byLabel = false;
  const shares = maps.shares.map(part => Math.round(100 * part) + ' %');
  function show() {
    at('latent-hint').textContent = count(maps.times.length, 'window') + ' of the last model, by the mean of their code ('
      + count(maps.dimensions, 'latent dimension') + '). ' + (neighbours
        ? 't-SNE: neighbours stay neighbours; sizes and distances of groups mean little.'
        : 'PCA: the two directions of widest spread hold ' + shares.join(' and ') + ' of the variance.');
  }
  const drawn = chart('map', () => {
    const places = neighbours ? maps.neighbours : maps.principal;
    const group = byLabel ? i => (maps.labels[i] < 0 ? 2 : maps.labels[i])
      : i => SCORE_STEPS.filter(step => maps.scores[i] >= step).length;
    const names = byLabel ? LABELS : SCORE_NAMES;
    const colours = byLabel ? labelColours() : SCORE_COLOURS[theme];
    return {
      tooltip: {trigger: 'item', formatter: hit => escapeHtml(maps.series[hit.value[2]]) + '<br>'
        + escapeHtml(time(maps.times[hit.value[2]])) + ' UTC<br>score <b>' + escapeHtml(number(maps.scores[hit.value[2]]))
        + '</b>, ' + escapeHtml(labelOf(maps.labels[hit.value[2]]))},
      grid: {bottom: 12},
      xAxis: {type: 'value', scale: true, axisLabel: {show: !neighbours}},
      yAxis: {type: 'value', scale: true, axisLabel: {show: !neighbours}},
      dataZoom: [{type: 'inside', xAxisIndex: 0, filterMode: 'none', zoomOnMouseWheel: 'ctrl'},
        {type: 'inside', yAxisIndex: 0, filterMode: 'none', zoomOnMouseWheel: 'ctrl'}],
      series: names.map((name, which) => ({name, type: 'scatter', symbolSize: 6, color: colours[which],
        itemStyle: {opacity: .75}, data: places.map((at, i) => [...at, i]).filter(at => group(at[2]) === which)}))
        .filter(one => one.data.length > 0),
    };
  });
  choice('projection', ['PCA', 't-SNE'], index => { neighbours = index === 1; show(); drawn.redraw(); });
  choice('colour', ['By score', 'By label'], index => { byLabel = index === 1; drawn.redraw(); });
  show();
}

function models() {
  data.models.forEach((model, index) => {
    const facts = element('dl');
    for (const [name, value] of Object.entries(model)) {
      facts.append(element('dt', {text: name}), element('dd', {text: value}));
    }
    const folded = element('details', {}, [element('summary', {text: model.Model}), facts]);
    folded.open = index === data.models.length - 1;
    at('model-cards').append(data.models.length === 1 ? facts : folded);
  });
  if (data.models.length === 0) at('model-cards').append(element('p', {text: 'No model scored.'}));
}

function figures() {
  fillTable('figure-table', ['figure', 'value', 'meaning'], data.figures.map(row => ({
    className: row.misleading ? 'misleading' : '',
    cells: [{text: row.name.replaceAll('_', '_\u200b')}, {text: row.value, number: true}, {text: row.meaning}],
  })));
}

[summary, overTime, episodes, distributions, calibration, curves, latent, models, figures].forEach(section => section());
