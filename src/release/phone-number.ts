// Which strings people may be told to call: international numbers and short local ones such as 112. Called by the checks.

/** Says what a number must look like. */
export const PHONE_HINT = 'write it in international form (+34931234567) or as a short number of 3 to 6 digits (112)';

/** E.164 with its plus sign, or 3 to 6 digits. Spaces are allowed between digits, for reading. */
export function isPhoneNumber(text: string): boolean {
  return /^(\+[1-9]\d{6,14}|\d{3,6})$/.test(text.replaceAll(/(?<=\d) (?=\d)/g, ''));
}
