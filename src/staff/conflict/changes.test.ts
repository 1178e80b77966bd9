import { expect, test } from 'vitest'
import { rebaseForm } from './changes'

const items = (words: string) =>
  words
    .split(' ')
    .filter(Boolean)
    .map((word) => ({ id: word[0]!, text: word.slice(1), note: '' }))
const form = (words: string) => ({ list: items(words) })
const wordsOf = ({ list }: ReturnType<typeof form>) => list.map(({ id, text }) => id + text).join(' ')
const rebase = (mine: string, was: string, is: string) => wordsOf(rebaseForm(form(mine), form(was), form(is)))

test('a field that only one of two people changed is theirs; where both did, mine', () => {
  const was = { title: 'a', hint: 'a', label: 'a' }
  expect(rebaseForm({ ...was, title: 'm', label: 'm' }, was, { ...was, hint: 't', label: 't' })).toEqual({
    title: 'm',
    hint: 't',
    label: 'm',
  })
})

test.each([
  ['changes to different items both stay', 'a1 b0', 'a0 b0', 'a0 b2', 'a1 b2'],
  ['of two changes to one item mine stays', 'a1', 'a0', 'a2', 'a1'],
  ['what either added stays after the same item', 'a0 x b0', 'a0 b0', 'a0 b0 y', 'a0 x b0 y'],
  ['what I added first stays first', 'x a0', 'a0', 'a0 y', 'x a0 y'],
  ['what either removed is gone', 'b0 c0', 'a0 b0 c0', 'a0 b0', 'b0'],
  ['what one removed and I changed stays', 'a0 b1', 'a0 b0', 'a0 c', 'a0 b1 c'],
  ['what I removed and another changed stays', 'a0', 'a0 b0', 'a0 b1', 'a0 b1'],
  ['my order stays with their additions', 'b0 a0', 'a0 b0', 'a0 x b0', 'b0 a0 x'],
  ['their order stays where I moved nothing', 'a1 b0', 'a0 b0', 'b0 a0', 'b0 a1'],
  ['lists begun by both hold both', 'x', '', 'y', 'x y'],
])('%s', (_, mine, was, is, expected) => expect(rebase(mine, was, is)).toBe(expected))

test('an item that two people changed in different fields has both changes', () => {
  const one = { id: 'a', text: '', note: '' }
  expect(
    rebaseForm({ list: [{ ...one, text: 'm' }] }, { list: [one] }, { list: [{ ...one, note: 't' }] }),
  ).toEqual({ list: [{ id: 'a', text: 'm', note: 't' }] })
})

test('a list without ids is whole: mine where I changed it', () => {
  expect(rebaseForm({ days: [1, 2] }, { days: [1] }, { days: [1, 3] })).toEqual({ days: [1, 2] })
})
