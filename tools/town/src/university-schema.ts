/**
 * The database of one university of the town, in statements for SQLite: tables that look nothing like the gateway, the
 * views that its owner made for the gateway, and the two tables that the gateway may insert into.
 */
export const universitySchema: readonly string[] = [
  `create table university (
    code text primary key, name text not null, name_language text not null, name_english text not null,
    domain text not null, country text not null
  ) strict`,
  `create table student (
    number text primary key, given text not null, family text not null, born text, family_at_birth text, sex text,
    citizenship text, national_number text, national_number_country text, european_student_identifier text,
    mail_address text
  ) strict`,
  `create table semester (name text primary key, first_day text not null, last_day text not null) strict`,
  `create table study_result (
    id integer primary key, student text not null references student (number), part_of integer references study_result (id),
    kind text not null, code text, title text not null, title_language text, title_english text, credits text,
    scale text, grade text, status text not null, day text, semester text references semester (name), hours text,
    isced text, eqf text
  ) strict`,
  `create table grade (
    scale text not null, label text not null, rank integer not null, passes integer not null, primary key (scale, label)
  ) strict`,
  `create table cohort (
    result integer not null references study_result (id), label text not null, students integer not null
  ) strict`,
  `create table supplement_section (
    result integer not null references study_result (id), number text not null, title text not null, content text not null
  ) strict`,
  `create table issued_document (
    id integer primary key, student text not null references student (number), kind text not null, title text not null,
    media_type text not null, bytes blob not null
  ) strict`,

  `create view emrex_institution as
    select code as institution_code, name as title, name_language as title_lang, name_english as title_en,
      domain as schac, country, 'https://www.' || domain || '/' as url
    from university`,
  `create view emrex_person as
    select number as person_key, code as institution_code, given as given_names, family as family_name,
      born as birth_date, given || ' ' || family_at_birth as birth_name, sex as gender, citizenship,
      national_number as national_id, national_number_country as national_id_country,
      european_student_identifier as esi, number as learner_id, mail_address as email, '0' as protected
    from student, university`,
  `create view emrex_result as
    select student as person_key, university.code as institution_code, cast(id as text) as result_key,
      kind as los_type, cast(part_of as text) as parent_key, study_result.code, title, title_language as title_lang,
      title_english as title_en, credits, 'ects' as credit_scheme, eqf as eqf_level, grade, scale as grading_scheme,
      status, day as date, semester as term, 'en' as term_lang, first_day as term_start, last_day as term_end,
      title_language as language, hours as engagement_hours, isced
    from study_result join university left join semester on semester.name = study_result.semester`,
  `create view emrex_grading_scheme as
    select code as institution_code, scale as scheme, label, rank as ordinal, passes from grade, university`,
  `create view emrex_distribution as
    select cast(result as text) as result_key, label, students as count from cohort`,
  `create view emrex_attachment as
    select student as person_key, cast(id as text) as attachment_key, kind as type, title, 'en' as title_lang,
      media_type as mime, bytes as content
    from issued_document`,
  `create view emrex_ds_section as
    select cast(result as text) as result_key, number, title, content, 'en' as lang from supplement_section`,

  `create table emrex_import (
    delivery_id text primary key, person_key text not null references student (number), received_at text not null,
    emp text not null, country text not null, signature text not null, match text not null, state text not null,
    elmo_xml blob not null, pdf blob
  ) strict`,
  `create table emrex_import_item (
    delivery_id text not null references emrex_import (delivery_id), item_no integer not null, parent_item_no integer,
    issuer text not null, code text, title text not null, title_en text, credits text, credit_scheme text, grade text,
    grade_scheme text, date text, term text, level text, status text, primary key (delivery_id, item_no)
  ) strict`,
]
