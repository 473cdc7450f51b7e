"""Cases decides what comes of an observation: triage, the resident's leave, referral, follow-up, the procedure and its clock.

It hears intake (`ObservationRegistered`) and notifications (`NoticeFailed`), and tells the others how a case goes, in ids, codes and times;
the ERP is told a work order and never why (`brobygger.cases`, `brobygger.erp`).
"""
