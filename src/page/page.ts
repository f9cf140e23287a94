import { startCurves } from './curve-list.ts';
import { element } from './element.ts';
import { startExplorer } from './explorer.ts';
import { startRankings } from './ranking-list.ts';
import { readData } from './read-data.ts';
import { startTheme } from './theme.ts';

// The page of a report: everything here only makes what the page says already easier to look at.

function place<Kind extends HTMLElement>(id: string, kind: new () => Kind): Kind | null {
  const found = document.getElementById(id);
  return found instanceof kind ? found : null;
}

const otherFormat =
  'What each verdict rests on is not drawn: the script of this page is of another version than its data. All verdicts and figures are in the tables; build the program and the parts of its page together.';

const data = readData(document.getElementById('data')?.textContent ?? '');
const [theme, explorer, rankings, curves] = [
  place('theme', HTMLButtonElement),
  place('explorer', HTMLDivElement),
  place('rankings', HTMLDivElement),
  place('curves', HTMLDivElement),
];

if (theme !== null) startTheme(theme);
if (data === null) explorer?.append(element('p', { class: 'notice', role: 'note' }, otherFormat));
else {
  if (explorer !== null) startExplorer(explorer, data);
  if (rankings !== null) startRankings(rankings, data);
  if (curves !== null) startCurves(curves, data);
}
document.documentElement.dataset['ready'] = 'true';
