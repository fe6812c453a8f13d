// The comparison of two replays.

const FLOOR = 0.01; // a logarithmic axis has no 0; scores below this are as normal as can be

function summary() {
  at('first').textContent = data.first;
  at('second').textContent = data.second;
  at('footer').textContent = data.version + '. All times are UTC. Charts: Apache ECharts (Apache-2.0).';
  at('sentences').append(...data.summary.map(text => element('p', {text})));
  at('no-settings').hidden = data.settings.length > 0;
  if (data.settings.length > 0) {
    fillTable('settings', ['setting', 'A', 'B'], data.settings.map(row => ({cells: row.map(text => ({text: text || '\u2013'}))})));
  }
}

function figures() {
  fillTable('figure-table', ['figure', 'A', 'B', 'B \u2212 A', 'meaning'], data.figures.map(row => ({
    className: row.misleading ? 'misleading' : '',
    cells: [{text: row.name.replaceAll('_', '_\u200b')}, {text: row.first, number: true}, {text: row.second, number: true},
      {text: row.difference.replace('-', '\u2212'), number: true}, {text: row.meaning}],
  })));
}

function scores() {
  at('drawn').textContent = data.pairs.length < data.scored
    ? 'Drawn: ' + data.pairs.length.toLocaleString('en') + ' of ' + count(data.scored, 'record')
      + '; those that alarm first.' : count(data.scored, 'record') + '.';
  if (data.pairs.length === 0) {
    at('scatter').hidden = true;
    return;
  }
  const value = score => Math.max(FLOOR, score);
  const highest = Math.max(1.2, ...data.pairs.map(pair => Math.max(pair[0], pair[1])));
  const most = Math.pow(10, Math.ceil(Math.log10(highest) + .02));
  const names = ['neither alarms', 'only A alarms', 'only B alarms', 'both alarm'];
  chart('scatter', () => {
    const colours = [colour('soft'), colour('accent'), '#d9822b', colour('alarm')];
    return {
      tooltip: {trigger: 'item', formatter: hit => 'A ' + escapeHtml(number(hit.value[2])) + '<br>B '
        + escapeHtml(number(hit.value[3])) + '<br>' + escapeHtml(hit.seriesName)},
      xAxis: {type: 'log', min: FLOOR, max: most, ...below('score in A'), axisLabel: powers},
      yAxis: {type: 'log', min: FLOOR, max: most, ...above('score in B'), axisLabel: powers},
      series: names.map((name, who) => ({name, type: 'scatter', symbolSize: 5, color: colours[who], progressive: 0,
        itemStyle: {opacity: who === 0 ? .35 : .8},
        data: data.pairs.filter(pair => pair[2] === who).map(pair => [value(pair[0]), value(pair[1]), pair[0], pair[1]]),
        ...(who === 0 ? {markLine: lines([{xAxis: 1}, {yAxis: 1}])} : {})})),
    };
  });
}

function episodes() {
  ['a', 'b'].forEach((side, i) => {
    list('left-out-' + side, data.episodesLeftOut[i]);
    at('cards-' + side).append(...data.episodes[i].map(episode => card(episode)));
    if (data.episodes[i].length === 0) at('cards-' + side).append(element('p', {text: 'None.'}));
  });
}

[summary, figures, scores, episodes].forEach(section => section());
