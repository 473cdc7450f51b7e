"""Intake decides whether an observation is valid, from whom, and about which home, and keeps the register of estates, homes and tenancies.

It hears the ERP (`erp.inbound`: tenancies that start and end), cases (what came of an observation) and notifications (whether somebody
was told). It tells `ObservationRegistered`, `TenancyStarted` and `TenancyEnded`.
"""
