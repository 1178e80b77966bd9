// @vitest-environment happy-dom
import { expect, test } from 'vitest'
import { effectScope } from 'vue'
import { useAnswers } from './useAnswers'

function recorder() {
  const saved: string[] = []
  const scope = effectScope()
  const form = scope.run(() =>
    useAnswers({ body: '', name: 'Ana' }, async ({ body }) => void saved.push(body)),
  )!
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
