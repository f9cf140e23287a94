import type { Report } from '../../tables/report.ts';
import { circumstanceBlocks, conclusion, gateAnswer } from '../headline.ts';
import type { NoteBook } from '../notes.ts';
import { blocksHtml } from './html-blocks.ts';
import { escapeHtml } from './html-escape.ts';
import { verdictMarks, verdictWords } from './verdict-marks.ts';

/** The answer, the counts, and what the reader must know first. */
export function heroHtml(report: Report, notes: NoteBook): string {
  const { lead, rest } = gateAnswer(report);
  const state = report.gate.conclusion === 'failure' ? 'fails' : report.partial ? 'open' : 'passes';
  return `<div class="answer ${state}">
<p class="lead"><strong>${escapeHtml(lead)}</strong>${rest.map((sentence) => ` ${escapeHtml(sentence)}`).join('')}</p>
<p>${escapeHtml(conclusion(report))}</p>
</div>
${countsHtml(report)}
<div class="circumstances">${blocksHtml(circumstanceBlocks(report, notes), { caption: 'What was measured' })}</div>`;
}

function countsHtml({ verdicts: { counts } }: Report): string {
  const items = verdictWords.flatMap((word) => {
    const count = counts[word];
    if (count === 0 && word !== 'regression') return [];
    const name = word.replace(' ', '-');
    return [
      `<li class="count ${name}${count === 0 ? ' none' : ''}"><a href="#verdict=${encodeURIComponent(word)}"><b>${count}</b> <span><span aria-hidden="true">${verdictMarks[word]}</span> ${word}</span></a></li>`,
    ];
  });
  return `<ul class="counts" aria-label="Cells by verdict">${items.join('')}</ul>`;
}
