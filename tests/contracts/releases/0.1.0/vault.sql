--
-- PostgreSQL database dump
--


-- Dumped from database version 18.6
-- Dumped by pg_dump version 18.6

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET transaction_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: keys; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.keys (
    subject uuid NOT NULL,
    association text NOT NULL,
    wrapped bytea,
    made_at timestamp with time zone DEFAULT now() NOT NULL,
    destroyed_at timestamp with time zone,
    destroyed_by text,
    reason text,
    CONSTRAINT keys_check CHECK (((wrapped IS NULL) = (destroyed_at IS NOT NULL)))
);


--
-- Name: master_key_check; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.master_key_check (
    the_only boolean DEFAULT true NOT NULL,
    wrapped bytea NOT NULL,
    CONSTRAINT master_key_check_the_only_check CHECK (the_only)
);


--
-- Name: migrations; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.migrations (
    script text NOT NULL,
    digest text NOT NULL,
    ran_at timestamp with time zone DEFAULT now() NOT NULL
);


--
-- Data for Name: keys; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.keys VALUES
	('f96b5bf8-7e31-454d-a52a-ca4662402487', 'bakkegaarden', '\xc4977259c052c6dc58fa9beec2029b1f146d91a7082ad01a7469688f340fb338353f1d2187de57e20e3d82eead29d24c294a94fbb32d674f656b5678', '2026-11-26 22:49:52.554988+00', NULL, NULL, NULL),
	('d38a28b0-db75-4598-a947-1e7a09f67e55', 'bakkegaarden', '\xb26cc37eb7916cb51606187ba335b75c113df4a05285a63bc4111bf3ee821433d098ec73e38c36fde5a5efd0b584cbeb02b79a1908d35aa4661aae69', '2026-11-26 22:49:53.380451+00', NULL, NULL, NULL),
	('b3899ff4-9041-4128-92f2-c846b96f69d1', 'bakkegaarden', '\xb8c2df9228b512e37ad1f8a9dfaa6c55da1c6fc0d752e147c3c622d0e954ce893c0e25e7d8677b3290917d0d67086009c6e4089367b848e9edd97ede', '2026-11-26 22:49:53.767161+00', NULL, NULL, NULL),
	('c2ff1e88-743f-415b-af60-a2f90441791b', 'bakkegaarden', '\xb9e547a7f28f4ec985af2966700e38c0d0160c2ce4d5d8c68284bf357d0fba2bbda107a4d5e790f7beb4fd2607c697e3de08774a929a0807ebc2d34c', '2026-11-26 22:49:54.122697+00', NULL, NULL, NULL),
	('686dfb53-6881-4dbf-9d83-95cd98cdfa03', 'bakkegaarden', '\x8fc331df3dac4eba32031551666078d6a4f5d702b88ec881819c07740fcd74249a123fd697644abfa43499bb94e60ad908b5383c9e019d85a7a8a577', '2026-11-26 22:49:54.524605+00', NULL, NULL, NULL),
	('1ecd51c7-5280-4379-8738-db648a30e894', 'bakkegaarden', '\x36c89b3a9536365c962c2661917e8da081794be6edbd840ce9c5c2cde787773d3f2f15eade13db24dc6fef4bb3007d0c4be9c16146c5c87160f47c08', '2026-11-26 22:49:54.978792+00', NULL, NULL, NULL),
	('d82dbde5-da67-430b-b825-fbd523b27fa4', 'bakkegaarden', '\x6d18711e6a1de125f13c8924eebb23d1b5fd30b470738e1e8e76dffe790ab26d79b97e6e3ab431c2fe7a7e95cc980add2369a7e4c529d14e5a9a25ea', '2026-11-26 22:49:55.557815+00', NULL, NULL, NULL),
	('6276c63a-09c6-4100-ac9f-a94c5c627f07', 'bakkegaarden', NULL, '2026-11-26 22:49:56.353042+00', '2026-11-26 22:50:18.157293+00', 'staff-dpo-1', 'erasure_request'),
	('d9fe7ede-97fe-4918-8108-d8c9fdc84ac2', 'bakkegaarden', '\x1d480de88b2d436a8f4ce4e80f58d829d1c2856739ea1d98b198dd0215cdbe6720b877d582a6d2f0b2c87697029e7c46f06410ed269f7ed8c50bd06f', '2026-11-26 22:50:20.212421+00', NULL, NULL, NULL),
	('894d46d6-2155-45a2-82d0-6ac6d980ff31', 'bakkegaarden', '\x43ab906182e03f4d3a7dd60dd4bc386ea444a473ce7914718dd25a86334ed967c1b1edd8a41cddcfadf65426cdeb21049fda6fac1420436498d933a2', '2026-11-26 22:50:21.938756+00', NULL, NULL, NULL),
	('b92ee7b5-aba4-422d-a25f-c8f51601ca3e', 'bakkegaarden', '\xd4db2e58739265df27f6bb288cdccf547ee19181b1b07bcde043b7432ea9cd48e3a1586d8f556f5cb6d89612055c9678118157d40e3e3900f5a1d9e3', '2026-11-26 22:50:27.002526+00', NULL, NULL, NULL);


--
-- Data for Name: master_key_check; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.master_key_check VALUES
	(true, '\x52ab7fba64e01cea7fc20516f2a9b2e5aa1360355ea52333c754e4de722cc46054edad25f3085f0f5578ab823ef9677d3fd9259664fa5a12c140');


--
-- Data for Name: migrations; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.migrations VALUES
	('0001_keys.sql', '0cd863c5cfd91c63906cb0ce8871592c9d8c72759409092dbaef1f84deb64823', '2026-11-26 22:49:35.111071+00');


--
-- Name: keys keys_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.keys
    ADD CONSTRAINT keys_pkey PRIMARY KEY (subject);


--
-- Name: master_key_check master_key_check_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.master_key_check
    ADD CONSTRAINT master_key_check_pkey PRIMARY KEY (the_only);


--
-- Name: migrations migrations_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.migrations
    ADD CONSTRAINT migrations_pkey PRIMARY KEY (script);


--
-- PostgreSQL database dump complete
--
