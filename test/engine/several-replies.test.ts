// Several replies in one message, and a reply that takes back the one before.
import { expect, it } from 'vitest';
import { converse, HOTLINE, programOf } from './test-program.ts';

const program = programOf(HOTLINE);
const atSchool = () => {
  const chat = converse(program, { flow: 'school' });
  chat.open();
  return chat;
};

it('takes further replies for the questions that follow, and does not ask those', () => {
  const oneByOne = atSchool();
  oneByOne.send('1');
  const expected = oneByOne.send('madrid');
  const together = atSchool().send('1, madrid');
  expect(together.says).toEqual(expected.says);
  expect(together.session.stack).toEqual(expected.session.stack);
});

it('asks where a further reply does not fit', () => {
  const alone = atSchool().send('1');
  const together = atSchool().send('1, qwerty');
  expect(together.says).toEqual(alone.says);
});

it('BACK lets the person go back again after several replies', () => {
  const chat = atSchool();
  const first = chat.send('1');
  chat.send('atras');
  chat.send('1, madrid');
  expect(chat.send('atras').says).toEqual(first.says);
});

it('a message that is a reply as a whole is not taken apart', () => {
  const chat = atSchool();
  expect(chat.send('1').says).not.toEqual(chat.send('1, 1').says);
});
