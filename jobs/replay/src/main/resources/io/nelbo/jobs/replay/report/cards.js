// One episode, with the features to blame.

function card(episode, more = []) {
  return element('article', {className: 'card'}, [
    element('h3', {}, [element('span', {text: episode.series}),
      element('span', {className: 'score', text: 'score ' + number(episode.score)})]),
    element('p', {text: time(episode.start) + ' UTC'}),
    element('p', {className: 'hint', text: (episode.end > episode.start ? 'over ' + duration(episode.end - episode.start)
      + ', ' : '') + count(episode.records, 'anomalous record') + ', p\u00a0=\u00a0' + number(episode.p, 3) + ', '
      + number(episode.negativeElbo) + ' nats (' + number(episode.reconstruction) + ' reconstruction + '
      + number(episode.kl) + ' KL), model\u00a0' + episode.model}),
    ...(episode.file ? [element('p', {className: 'hint file', text: episode.file})] : []),
    ...(episode.places ? [sight(episode)] : []),
    ...episode.blamed.map(feature),
    ...more,
  ]);
}

/** Where a frame is strange: grey in units of the border, white far beyond it. */
function sight(episode) {
  const made = element('div', {className: 'sight'});
  if (episode.heatMap) {
    const map = element('img');
    map.src = 'data:image/png;base64,' + episode.heatMap;
    map.alt = 'Heat map: ' + episode.places.join('; ');
    made.append(map);
  }
  made.append(element('span', {className: 'hint', text: [episode.channel, ...episode.places].join(', ')}));
  return made;
}

function feature(blame) {
  const sigmas = blame.observed === null ? null : (blame.observed - blame.expected) / blame.deviation;
  const deviation = sigmas === null || !Number.isFinite(sigmas) ? 'not observed'
    : (sigmas < 0 ? '\u2212' : '+') + number(Math.abs(sigmas), 3) + ' \u03c3';
  const made = element('div', {className: 'feature'}, [
    element('div', {className: 'row'}, [
      element('span', {text: blame.feature + ' (' + Math.round(100 * blame.share) + ' % of the excess)'}),
      element('b', {className: 'deviation', text: deviation})]),
  ]);
  if (sigmas !== null && Number.isFinite(sigmas)) made.append(track(sigmas));
  made.append(element('div', {className: 'hint', text: (blame.observed === null ? '' : 'observed '
    + number(blame.observed, 5) + ', ') + 'expected ' + number(blame.expected, 5) + ' \u00b1 ' + number(blame.deviation, 3)}));
  return made;
}

/** A dot for what was observed, a bar for what was expected, from 2 sigma below to 2 above. */
function track(sigmas) {
  const reach = Math.max(4, 1.15 * Math.abs(sigmas));
  const percent = value => 50 + 50 * value / reach;
  const bar = element('i'), dot = element('b');
  bar.style.left = percent(-2) + '%';
  bar.style.width = percent(2) - percent(-2) + '%';
  dot.style.left = Math.min(98, Math.max(2, percent(sigmas))) + '%';
  return element('div', {className: 'track'}, [bar, dot]);
}
