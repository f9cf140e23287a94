import { z } from 'zod';
import { type ExportFormat, exportFormats, isExportFormat } from '../model/export-format.ts';
import { itemsOf } from './list.ts';

const known = `choose from ${exportFormats.join(', ')}, or none`;

/** Formats that a report is exported in, without repeats; empty for `none`. */
export const exportFormatList = z
  .preprocess(itemsOf, z.array(z.string(), `is not a list of formats; ${known}`))
  .transform((given, context): readonly ExportFormat[] => {
    const words = [...new Set(given)];
    const unknown = words.filter((word) => word !== 'none' && !isExportFormat(word));
    if (unknown.length > 0) context.addIssue(`"${unknown.join('", "')}" is no export format; ${known}`);
    else if (words.includes('none') && words.length > 1) context.addIssue('"none" stands alone, and formats are given with it');
    return words.filter(isExportFormat);
  });
