'use strict';
// What both pages share: text into the page, numbers and times, light and dark, charts.

const data = JSON.parse(document.getElementById('data').textContent);
const at = id => document.getElementById(id);

/** An element with text inside; text from the data is never markup. */
function element(tag, options = {}, children = []) {
  const made = document.createElement(tag);
  if (options.text !== undefined) made.textContent = options.text;
  if (options.className) made.className = options.className;
  made.append(...children);
  return made;
}

function list(id, texts) {
  at(id).append(...texts.map(text => element('li', {text})));
}

/** For the library's tooltips, which take HTML. */
function escapeHtml(text) {
  return echarts.format.encodeHTML(String(text));
}

function number(value, digits = 4) {
  if (value === null || value === undefined) return 'unknown';
  const size = Math.abs(value);
  if (value !== 0 && (size < 1e-4 || size >= 1e7)) return value.toExponential(Math.min(2, digits - 1));
  return size >= 1e4 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(digits)));
}

function count(value, noun) {
  return value.toLocaleString('en') + ' ' + noun + (value === 1 ? '' : 's');
}

function time(millis) {
  return new Date(millis).toISOString().replace('T', ' ').replace(/\.000Z$|Z$/, '');
}

function duration(millis) {
  const seconds = millis / 1000;
  if (seconds < 120) return number(seconds, 3) + ' s';
  if (seconds < 7200) return number(seconds / 60, 3) + ' min';
  if (seconds < 172800) return number(seconds / 3600, 3) + ' h';
  return number(seconds / 86400, 3) + ' d';
}

/** Rows of cells; a column whose cells are numbers has its heading to the right. */
function fillTable(id, headings, rows) {
  const right = index => (rows.length > 0 && rows[0].cells[index].number ? 'number' : '');
  at(id).append(element('tr', {}, headings.map((text, i) => element('th', {text, className: right(i)}))),
    ...rows.map(row => element('tr', {className: row.className}, row.cells.map((cell, i) =>
      headed(element('td', {text: cell.text, className: right(i)}), headings[i])))));
}

/** A cell that can say its heading itself, where a narrow screen has no room for columns. */
function headed(cell, heading) {
  cell.dataset.heading = heading;
  return cell;
}

/** A row of buttons of which one is chosen. */
function choice(id, names, chosen) {
  const buttons = names.map((name, index) => {
    const button = element('button', {text: name});
    button.type = 'button';
    button.addEventListener('click', () => { press(index); chosen(index); });
    return button;
  });
  function press(index) {
    buttons.forEach((button, i) => button.setAttribute('aria-pressed', String(i === index)));
  }
  at(id).append(...buttons);
  press(0);
}

function fillSelect(id, names) {
  names.forEach((name, index) => {
    const option = element('option', {text: name});
    option.value = String(index);
    at(id).append(option);
  });
}

// Light and dark: the system's choice, or the one asked for by #dark, #light or the button.
const system = window.matchMedia('(prefers-color-scheme: dark)');
let theme = location.hash === '#dark' || (system.matches && location.hash !== '#light') ? 'dark' : 'light';
const charts = [];

function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim();
}

/** Draws a chart now, and again in other colours or another width. */
function chart(id, options) {
  const drawn = {instance: echarts.init(at(id), null, {renderer: 'canvas'}), options};
  charts.push(drawn);
  draw(drawn);
  return {instance: drawn.instance, redraw: () => draw(drawn)};
}

function draw(drawn) {
  const text = colour('text'), soft = colour('soft'), line = colour('line');
  const axis = {
    axisLine: {onZero: false, lineStyle: {color: soft}}, axisLabel: {color: soft, fontSize: 12, hideOverlap: true},
    splitLine: {lineStyle: {color: line}},
  };
  const options = drawn.options();
  // A narrow screen gets its legend in two lines; a long one is leafed through.
  const names = new Set(options.series.map(series => series.name)).size;
  const twoLines = drawn.instance.getWidth() < 480 && names > 2 && names <= 5;
  for (const key of ['xAxis', 'yAxis']) {
    options[key] = {...options[key], ...axis, axisLabel: {...axis.axisLabel, ...options[key].axisLabel},
      nameTextStyle: {color: soft, fontSize: 12, ...options[key].nameTextStyle}};
  }
  drawn.instance.setOption({
    animation: false, textStyle: {color: text, fontFamily: getComputedStyle(document.body).fontFamily}, aria: {enabled: true},
    ...options,
    grid: {left: 8, right: 18, top: twoLines ? 66 : 44, bottom: 34, containLabel: true, ...options.grid},
    legend: {type: twoLines ? 'plain' : 'scroll', top: 0, itemWidth: 18, itemGap: 8, textStyle: {color: text, fontSize: 12}, pageIconColor: soft,
      pageTextStyle: {color: soft}, ...options.legend},
    tooltip: {confine: true, backgroundColor: colour('card'), borderColor: line, textStyle: {color: text, fontSize: 13},
      ...options.tooltip},
  }, {notMerge: true});
}

function applyTheme() {
  document.documentElement.dataset.theme = theme;
  at('theme').textContent = theme === 'dark' ? 'Light' : 'Dark';
  charts.forEach(draw);
}

at('theme').addEventListener('click', () => { theme = theme === 'dark' ? 'light' : 'dark'; applyTheme(); });
system.addEventListener('change', event => { theme = event.matches ? 'dark' : 'light'; applyTheme(); });
window.addEventListener('resize', () => charts.forEach(drawn => drawn.instance.resize()));
window.addEventListener('beforeprint', () => charts.forEach(drawn => drawn.instance.resize()));

/** Axis named below its middle, or above its end. */
const below = name => ({name, nameLocation: 'middle', nameGap: 26});
const above = name => ({name, nameLocation: 'end', nameGap: 10, nameTextStyle: {align: 'left', padding: [0, 0, 0, -24]}});
/** Dashed lines across a chart, for example [{xAxis: 1}]; the default rounds to two decimals. */
const lines = (places, options = {}) => ({silent: true, symbol: 'none', precision: 12, ...options, data: places,
  label: {show: false, color: colour('text'), fontSize: 12, backgroundColor: colour('card'), padding: [1, 3], ...options.label},
  lineStyle: {color: colour('text'), type: 'dashed', ...options.lineStyle}});
/** Labels of a logarithmic axis: powers of ten. */
const powers = {formatter: value => value >= 1e4 ? value.toExponential(0).replace('+', '') : number(value, 1)};
applyTheme();
