// CSV after RFC 4180 that a spreadsheet opens without running anything.

/** Also behind blanks, and in the full-width forms that some spreadsheets turn into the plain ones. */
const FORMULA = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/;

/**
 * Rows as CSV text with CRLF line ends. A cell that a spreadsheet would run as a formula gets a leading apostrophe.
 * @see https://owasp.org/www-community/attacks/CSV_Injection
 */
export function toCsv(rows: string[][]): string {
  const quote = (value: string): string => {
    const safe = FORMULA.test(value) ? `'${value}` : value;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  return rows.map((row) => `${row.map(quote).join(',')}\r\n`).join('');
}
