// @vitest-environment happy-dom
/** The name of a door, which tells the notes of two phones apart. */
import { expect, test } from 'vitest'
import { nameDoor, readDoorName } from './doorName'

test('a phone names its door itself until somebody does, and keeps the name', () => {
  localStorage.clear()
  const own = nameDoor('')
  expect(own).toMatch(/^Teléfono [A-Z347]{2}$/u)
  expect(readDoorName()).toBe(own)
  expect(nameDoor('  Puerta \n 2 ')).toBe('Puerta 2')
  expect(readDoorName()).toBe('Puerta 2')
  expect([...nameDoor('x'.repeat(60))]).toHaveLength(40)
})
