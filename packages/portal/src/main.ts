import './portal-app.ts'
