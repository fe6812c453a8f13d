// Memory of a process over a soak.

const MIB = 1024 * 1024;

function memory(kind, column) {
  const trend = data[kind];
  at(kind + '-trend').textContent = 'After the first ' + duration(1000 * data.warmUp) + ': '
    + number(trend.slope, 3) + ' bytes per second, 95 % interval ' + number(trend.low, 3) + ' to '
    + number(trend.high, 3) + ' (' + (trend.grew ? 'it grew' : 'no growth') + ').';
  chart(kind + '-chart', () => ({
    tooltip: {trigger: 'axis', formatter: hits => number(hits[0].value[0], 4) + ' minutes<br>'
      + number(hits[0].value[1], 5) + ' MiB'},
    xAxis: {type: 'value', ...below('minutes')},
    yAxis: {type: 'value', scale: true, ...above('MiB')},
    series: [{name: kind, type: 'line', showSymbol: false, color: colour('accent'),
      data: data.rows.map(row => [row[0] / 60, row[column] / MIB]),
      markLine: lines([{xAxis: data.warmUp / 60}])}],
    legend: {show: false},
  }));
}

memory('heap', 3);
memory('native', 4);
fillTable('figure-table', ['figure', 'value'],
  data.figures.map(row => ({cells: [{text: row[0]}, {text: row[1], number: true}]})));
