import {
  Button,
  CheckList,
  ErrorSummary,
  FilterField,
  Notice,
  OwnForm,
  Panel,
  ResultTable,
  SummaryList,
  translator,
  type Frame,
  type PageView,
} from '../src/index.js'

/** What is data on the sample page: everything else must come from the language files. */
export const sampleData = [
  'Example University',
  'Johdatus ohjelmointiin',
  'CS-A1110',
  '5 ECTS',
  'Aino Esimerkki',
  'Wordwithoutanyblankthatislongerthananynarrowscreenandmustbreaksomewhere',
]

/** One page with every component, all words of its own from data. */
export function samplePage(frame: Frame): PageView {
  const t = translator(frame.language)
  const [university = '', course = '', code, credits, person = '', longWord] = sampleData
  return {
    ...frame,
    title: t('hand-off.title'),
    status: 200,
    formAction: { kind: 'self' },
    body: (
      <>
        <ErrorSummary t={t} errors={[{ text: t('choice.cancel'), fieldId: 'list-filter' }]} />
        <Panel kind="success" title={t('site.home')}>
          <p>{t('hand-off.intro', { host: university })}</p>
        </Panel>
        <Panel kind="waiting">{t('site.home')}</Panel>
        <Panel kind="problem">{t('site.home')}</Panel>
        <Notice kind="warning" title={t('site.home')}>
          <p>{person}</p>
        </Notice>
        <SummaryList rows={[{ name: t('site.reference'), value: longWord }]} />
        <CheckList
          t={t}
          checks={[
            { outcome: 'passed', text: university },
            { outcome: 'failed', text: person, detail: course },
            { outcome: 'doubt', text: course },
          ]}
        />
        <ResultTable
          t={t}
          caption={university}
          rows={[
            { key: '1', title: university, credits },
            {
              ...{ key: '2', title: course, titleLanguage: 'fi', code, credits, grade: '4', date: '2026-05-14' },
              ...{ depth: 1, whole: { title: university } },
            },
          ]}
        />
        <OwnForm action="/here" token="token">
          <Button name="go" value="on">
            {t('hand-off.button')}
          </Button>
          <Button kind="secondary" name="go" value="back">
            {t('choice.cancel')}
          </Button>
          <Button kind="danger" href="/elsewhere">
            {t('site.home')}
          </Button>
        </OwnForm>
        <FilterField t={t} list="list" label={t('choice.filter')} total={2} />
        <ul id="list">
          <li>{university}</li>
          <li>{course}</li>
        </ul>
      </>
    ),
  }
}
