import { afterAll, beforeAll, test } from 'vitest'
import * as fx from '../sql/fixtures'
import { createProjects, expectRoundTrips } from '../support/roundTrip'
import { SEED } from './measure'

let projects: Awaited<ReturnType<typeof createProjects>>
beforeAll(async () => void (projects = await createProjects()))
afterAll(() => Promise.all(projects.map((project) => project.drop())))

test('1,000 random campaigns enter another project whole', () =>
  expectRoundTrips(projects, fx.coordinator, { count: 1000, seed: SEED }))
