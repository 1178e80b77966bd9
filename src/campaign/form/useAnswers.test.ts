// @vitest-environment happy-dom
import 'fake-indexeddb/auto'
import { beforeEach, expect, test } from 'vitest'
import { effectScope } from 'vue'
import { db } from '@/data/db'
import type { TextPlace } from '@/data/sharedText'
import type { Stored } from './answers'
import { useAnswers } from './useAnswers'

beforeEach(() => db.meta.clear())

function recorder() {
  const saved: unknown[] = []
  const place: TextPlace<Stored> = {
    tables: [db.meta],
    read: async () => undefined,
    write: async (answers) => {
      saved.push(answers['body'])
      return answers
    },
    move: () => undefined,
  }
  const scope = effectScope()
  const form = scope.run(() => useAnswers({ body: '', name: 'Ana' }, place, undefined, () => undefined))!
  return { saved, scope, form }
}

test('a change keeps the other answers and is saved when the form is unmounted', async () => {
  const { saved, scope, form } = recorder()
  form.change({ body: 'hola' })
  expect(form.answers.value).toEqual({ body: 'hola', name: 'Ana' })
  scope.stop()
  await expect.poll(() => saved).toEqual(['hola'])
})

test('nothing is saved after the form was closed', async () => {
  const { saved, scope, form } = recorder()
  form.change({ body: 'hola' })
  form.close()
  form.change({ body: 'hola otra vez' })
  await form.flush()
  scope.stop()
  await form.flush()
  expect(saved).toEqual([])
})
